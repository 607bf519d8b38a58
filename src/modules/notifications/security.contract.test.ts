import { eventually } from '../../../test/harness/eventually.ts';
import { type Actor, password, type Session } from '../../../test/harness/team.ts';
import type { Notification } from '../../contracts/notifications/notifications.ts';
import { readNotice } from '../../contracts/notifications/notices.ts';
import { type NotifiedTeam, openNotifiedTeam, subscribes } from './notifications.fixture.ts';

let opened: NotifiedTeam;
let ana: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  ana = await opened.team.actor('ana');
});
afterAll(() => opened.close());

const noticesOf = async (actor: Actor): Promise<Notification[]> =>
  (await actor.api.ok<{ items: Notification[] }>('GET', '/notifications')).items.filter(({ cause }) => cause === 'security');
const mails = () => opened.providers.mails.filter(({ subject }) => subject === 'security');
const signsIn = (deviceToken: string) => ana.api.ok<Session>('POST', '/auth/login', { login: 'ana', password, deviceToken });

test('a new device is in the centre, on the devices and in a mail at once, and a known one is not', async () => {
  const { endpoint } = await subscribes(ana);
  await signsIn('the-word-of-a-new-browser');
  await eventually(() => {
    expect(opened.providers.notesAt(endpoint)).toMatchObject([{ cause: 'security', urgency: 'high' }]);
    expect(mails()).toHaveLength(1);
  });
  const [notice] = await noticesOf(ana);
  expect(readNotice(notice?.text ?? '')).toMatchObject({ what: 'new_device' });
  const trace = await ana.api.ok<{ deliveries: { channel: string; state: string }[] }>(
    'GET',
    `/notifications/trace?messageId=${notice?.eventId ?? ''}`,
  );
  expect(trace.deliveries.map(({ channel, state }) => [channel, state]).sort()).toEqual([
    ['mail', 'accepted'],
    ['push', 'accepted'],
  ]);
  // A mail went just now: the next notice is sent all the same.
  await signsIn('the-word-of-a-new-browser');
  await ana.api.ok('POST', '/users/me/password', { currentPassword: password, newPassword: 'another battery 7' });
  await eventually(() => {
    expect(mails()).toHaveLength(2);
  });
  expect((await noticesOf(ana)).map(({ text }) => readNotice(text)?.what)).toEqual(['password_changed', 'new_device']);
});

test('whoever joins the team is not notified of their own first sign-in', async () => {
  const boris = await opened.team.actor('boris');
  const { id } = await ana.opens('group', [], { name: 'Later' });
  await ana.api.ok('POST', `/conversations/${id}/members`, { userIds: [boris.id] });
  await eventually(async () => {
    expect((await boris.api.ok<{ items: unknown[] }>('GET', '/notifications')).items).toHaveLength(1);
  });
  expect(await noticesOf(boris)).toEqual([]);
});
