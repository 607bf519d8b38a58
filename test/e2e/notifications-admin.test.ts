import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { barriers, sidewaysScroll } from '../harness/accessible.ts';
import { openBrowser } from '../harness/browser.ts';
import { eventually } from '../harness/eventually.ts';
import { MailServer } from '../harness/mail-server.ts';
import { ServerProcess } from '../harness/process.ts';
import { PushService, type Subscription } from '../harness/push-service.ts';
import { type Actor, Team } from '../harness/team.ts';
import { type Look, Visitor } from '../harness/visitor.ts';

jest.setTimeout(120_000);

let server: ServerProcess;
let browser: Browser;
let pushes: PushService;
let mails: MailServer;
let team: Team;
let ana: Actor;

beforeAll(async () => {
  [pushes, mails] = await Promise.all([PushService.open(), MailServer.open()]);
  const env = { CONFAB_PUSH_ALLOW_PRIVATE: 'on', SMTP_URL: mails.url, MAIL_FROM: 'team@example.org' };
  server = await ServerProcess.createOnTestDatabase(env);
  [browser] = await Promise.all([openBrowser(), server.start()]);
  team = await Team.create([server.url], server.dataDir);
  ana = await team.actor('ana');
});

afterAll(async () => {
  await team.leaves();
  await browser.close();
  await server.remove();
  await Promise.all([pushes.stop(), mails.stop()]);
});

async function subscribes(actor: Actor): Promise<Subscription> {
  const browser = pushes.subscribe();
  const { endpoint, p256dh, auth } = browser;
  await actor.api.ok('POST', '/notifications/subscriptions', {
    kind: 'webpush',
    endpoint,
    keys: { p256dh, auth },
    device: 'Firefox, Linux',
  });
  return browser;
}

const countAt = ({ endpoint }: Subscription): number => pushes.pushed.filter((one) => one.endpoint === endpoint).length;

/** Somebody whose push the service refuses. */
async function refused(name: string): Promise<Subscription> {
  const person = await team.actor(name);
  const device = await subscribes(person);
  pushes.sayNext({ status: 403, body: '{"reason":"BadJwtToken"}' });
  await ana.posts((await ana.opens('direct', [person])).id, 'Hello');
  const owner = await team.owner;
  await eventually(async () => {
    const { items } = await owner.api.ok<{ items: unknown[] }>('GET', `/admin/notifications/failures?userId=${person.id}`);
    expect(items).toHaveLength(1);
  });
  return device;
}

const looks: readonly Look[] = [
  { name: 'desktop', width: 1440, height: 900, language: 'en' },
  { name: 'phone', width: 390, height: 844, touch: true, language: 'ru', colorScheme: 'dark' },
];

test.each(looks)('an admin sees a refusal, sends it again, finds its trace and tests the channels ($name)', async (look) => {
  const device = await refused(`boris-${look.name}`);
  const admin = await Visitor.open(browser, server.url, look);
  const { page, t } = admin;
  await page.goto('/sign-in');
  await admin.signIn('olga');
  await page.goto('/admin');
  await page.getByRole('alert').filter({ hasText: 'BadJwtToken' }).first().waitFor();
  await admin.picture('alarm');
  await admin.press(page.getByRole('link', { name: t('alarm.open') }));

  const cards = page.getByRole('list', { name: t('channels.label') });
  await cards.getByText('team@example.org', { exact: false }).first().waitFor();
  expect(
    await cards
      .getByRole('listitem')
      .filter({ hasText: t('channel.push') })
      .innerText(),
  ).toContain(t('channel.refused'));
  const failed = page.getByRole('list', { name: t('failed.title') });
  await failed.getByText('BadJwtToken').waitFor();
  await admin.picture('channels');
  await failed.scrollIntoViewIfNeeded();
  await admin.picture('failed');
  expect(await barriers(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  await admin.press(admin.button(t('action.retry'), failed));
  await failed.getByText(t('failed.none')).waitFor();
  await eventually(() => expect(countAt(device)).toBe(1));

  await page.getByRole('searchbox', { name: t('traces.person') }).fill(`boris-${look.name}`);
  await admin.press(page.getByRole('button', { name: `@boris-${look.name}` }));
  const traces = page.getByRole('list', { name: t('traces.of', { name: `boris-${look.name}` }) });
  await admin.press(traces.getByRole('button').first());
  const dialog = page.getByRole('dialog');
  await dialog.getByText(t('rule.again')).waitFor();
  await dialog.getByText('BadJwtToken').waitFor();
  await admin.picture('trace');
  expect(await barriers(page)).toEqual([]);
  await admin.press(admin.button(t('close'), dialog));

  const own = await subscribes(await team.owner);
  await admin.press(page.getByRole('button', { name: t('channel.testNamed', { name: t('channel.push') }) }));
  await cards.getByText(t('push.test.accepted')).first().waitFor();
  expect(countAt(own)).toBe(1);
  await admin.press(page.getByRole('button', { name: t('channel.testNamed', { name: t('channel.mail') }) }));
  await cards.getByText(t('channel.mailSent')).waitFor();
  // She gets one of her sign-in too.
  const tests = mails.mails.filter(({ parsed }) => parsed.subject?.startsWith('Test mail') === true);
  expect(tests.at(-1)?.to).toEqual(['olga@example.org']);
  await admin.picture('tested');
  expect(admin.device.faults).toEqual([]);
  await admin.device.close();
});

test.each(looks)('an admin sends an invite link by mail, and reads what the mail server says ($name)', async (look) => {
  const admin = await Visitor.open(browser, server.url, look);
  const { page, t } = admin;
  await page.goto('/sign-in');
  await admin.signIn('olga');
  await admin.press(page.getByRole('button', { name: t('ownMenu.label') }));
  await admin.press(page.getByRole('menuitem', { name: t('action.invitePeople') }));
  const dialog = page.getByRole('dialog');
  await admin.press(admin.button(t('invitePeople.submit'), dialog));
  const link = await dialog.getByLabel(t('invitePeople.link')).inputValue();
  await dialog.getByLabel(t('inviteMail.address')).fill(`new-${look.name}@example.org`);
  await admin.press(admin.button(t('inviteMail.submit'), dialog));
  await dialog.getByText(t('inviteMail.sent', { to: `new-${look.name}@example.org` })).waitFor();
  await admin.picture('invite-mail');
  const mail = mails.mails.find(({ to }) => to[0] === `new-${look.name}@example.org`);
  expect([mail?.parsed.text, mail?.parsed.html].every((body) => String(body).includes(link))).toBe(true);

  mails.refuseNext('rcpt', 550, 'No such user here');
  await dialog.getByLabel(t('inviteMail.address')).fill('gone@example.org');
  await admin.press(admin.button(t('inviteMail.submit'), dialog));
  await dialog.getByRole('alert').getByText('No such user here', { exact: false }).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  await admin.device.close();
});
