import { Fcm } from '../../../../test/harness/fcm.ts';
import { MailServer } from '../../../../test/harness/mail-server.ts';
import { readConfig } from '../../../host/config.ts';
import { systemClock } from '../../../kernel/clock.ts';
import { tryChannels } from './open-channels.ts';

const findings = (env: Readonly<Record<string, string>>) => tryChannels(readConfig(env, false), systemClock);

test('at this machine, without a setting, nothing is wrong, and what is off says how it is turned on', async () => {
  const found = await findings({});
  expect(found.filter(({ ok }) => !ok)).toEqual([]);
  const all = found.map(({ what }) => what).join('\n');
  for (const setting of ['MAIL_FROM', 'FCM_CREDENTIALS', 'SMTP_URL']) expect(all).toContain(setting);
});

test('what is set is tried', async () => {
  const [fcm, mail] = await Promise.all([Fcm.open(), MailServer.open()]);
  const env = {
    FCM_CREDENTIALS: fcm.credentials,
    SMTP_URL: mail.url,
    MAIL_FROM: 'team@confab.team',
    CONFAB_PUBLIC_URL: 'https://chat.confab.team',
  };
  expect(await findings(env)).toEqual([
    { ok: true, what: 'pushes to browsers name mailto:team@confab.team (VAPID subject)' },
    { ok: true, what: expect.stringContaining('Firebase takes pushes') as string },
    { ok: true, what: expect.stringContaining('mails go to 127.0.0.1') as string },
  ]);
  await Promise.all([fcm.stop(), mail.stop()]);
  expect((await findings(env)).map(({ ok }) => ok)).toEqual([true, false, false]);
});
