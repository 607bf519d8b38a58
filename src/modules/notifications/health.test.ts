import type { NotificationAlarm } from '../../contracts/notifications/channels.ts';
import type { Clock } from '../../kernel/clock.ts';
import { channelsCheck } from './health.ts';
import { PlayedProviders } from './notifications.fixture.ts';

const now = Date.parse('2026-01-31T12:00:00.000Z');
const clock: Clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };
const alarm = (channel: NotificationAlarm['channel'], detail: string): NotificationAlarm => ({
  channel,
  detail,
  count: 1,
  at: clock.timestamp(),
});

function stateAfter(...alarms: NotificationAlarm[]): Promise<string> {
  const asked: string[] = [];
  const figures = {
    refused: (since: string) => {
      asked.push(since);
      return Promise.resolve(alarms);
    },
  };
  return channelsCheck(new PlayedProviders().channels, figures, clock)
    .check()
    .finally(() => {
      expect(asked).toEqual(['2026-01-31T11:00:00.000Z']);
    });
}

test('a team whose services take everything says which channels are on', async () => {
  expect(await stateAfter()).toBe('push, mail');
});

test('each channel that was refused in the last hour is named, with the latest words of its service', async () => {
  const refusals = stateAfter(alarm('push', '403 BadJwtToken'), alarm('mail', '550 no'), alarm('push', '400 before'));
  await expect(refusals).rejects.toThrow(/push is refused: 403 BadJwtToken/);
  await expect(stateAfter(alarm('mail', '550 no'))).rejects.toThrow('mail is refused: 550 no');
});
