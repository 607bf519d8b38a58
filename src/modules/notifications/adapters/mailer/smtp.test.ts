import { MailServer } from '../../../../../test/harness/mail-server.ts';
import { type MailServer as Address, readMailServer } from '../../domain/mail-server.ts';
import type { Mail } from '../../ports.ts';
import { SmtpMailer } from './smtp.ts';

const from = { name: 'Команда', address: 'team@example.org' };
const mail: Mail = {
  to: 'grace@example.org',
  subject: 'Обед готов',
  html: '<p>Lunch</p>',
  text: 'Lunch',
  messageId: '<event-1@chat.example.org>',
  references: ['<conversation-1@chat.example.org>'],
  headers: { 'List-Id': '<conversation-1.chat.example.org>' },
};

const servers: MailServer[] = [];
const mailers: SmtpMailer[] = [];
afterEach(async () => {
  for (const mailer of mailers.splice(0)) await mailer.stop();
  for (const server of servers.splice(0)) await server.stop();
});

async function open(options: Parameters<typeof MailServer.open>[0] = {}): Promise<MailServer> {
  const server = await MailServer.open(options);
  servers.push(server);
  return server;
}

function mailerTo(url: string, deadlineMs = 3000): SmtpMailer {
  const mailer = new SmtpMailer({ server: readMailServer(url) as Address, from, deadlineMs });
  mailers.push(mailer);
  return mailer;
}

const login = { user: 'team@example.org', password: 'p/#@w secret' };

test('a mail arrives with its headers, as nobody’s own words', async () => {
  const server = await open();
  expect(await mailerTo(server.url).send(mail)).toEqual({ outcome: 'accepted', detail: 'the mail server: 250 queued as 1' });
  const [{ from: sender, to, parsed }] = server.mails as [(typeof server.mails)[number]];
  expect([sender, to]).toEqual(['team@example.org', ['grace@example.org']]);
  expect(parsed).toMatchObject({
    subject: 'Обед готов',
    messageId: '<event-1@chat.example.org>',
    references: '<conversation-1@chat.example.org>',
    html: '<p>Lunch</p>',
    text: 'Lunch',
  });
  expect(parsed.from?.value).toEqual([from]);
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
  expect(parsed.headers.get('list')).toMatchObject({ id: { name: 'conversation-1.chat.example.org' } });
});

test.each<[string, Partial<Mail>]>([
  ['subject', { subject: 'Lunch\r\nBcc: all@example.org' }],
  ['header', { headers: { 'List-Id': 'x\r\nBcc: all@example.org' } }],
  ['id', { messageId: '<x@y>\r\nBcc: all@example.org' }],
])('a break of line in the %s makes no header and no recipient', async (_where, changes) => {
  const server = await open();
  await mailerTo(server.url).send({ ...mail, ...changes });
  expect(server.mails.map(({ to }) => to)).toEqual([['grace@example.org']]);
  expect(server.mails[0]?.parsed.bcc).toBeUndefined();
});

test.each(['grace@example.org, all@example.org', 'grace@example.org>\r\nRCPT TO:<all@example.org', 'team: grace@example.org;', 'grace'])(
  'the address %j reaches nobody',
  async (to) => {
    const server = await open();
    expect(await mailerTo(server.url).send({ ...mail, to })).toMatchObject({ outcome: 'gone' });
    expect(server.mails).toEqual([]);
  },
);

test('many mails go over few connections', async () => {
  const server = await open({ login });
  const mailer = mailerTo(server.url, 20_000);
  const answers = await Promise.all(Array.from({ length: 100 }, () => mailer.send(mail)));
  expect(answers.every(({ outcome }) => outcome === 'accepted')).toBe(true);
  expect([server.mails.length, server.connections]).toEqual([100, 2]);
});

test.each<['mail' | 'rcpt' | 'data', number, string, string]>([
  ['rcpt', 550, '5.1.1 no such user', 'gone'],
  ['rcpt', 550, 'mailbox unavailable', 'gone'],
  ['rcpt', 550, '5.7.1 relaying denied', 'refused'],
  ['rcpt', 552, '5.2.2 mailbox full', 'refused'],
  ['rcpt', 450, '4.2.1 greylisted', 'later'],
  ['mail', 553, '5.1.8 sender refused', 'refused'],
  ['mail', 421, '4.7.0 too many', 'later'],
  ['data', 554, '5.7.1 looks like spam', 'refused'],
  ['data', 452, '4.3.1 no room', 'later'],
])('%s %i %s is %s', async (stage, code, text, outcome) => {
  const server = await open();
  server.refuseNext(stage, code, text);
  expect(await mailerTo(server.url).send(mail)).toMatchObject({ outcome, detail: expect.stringContaining(text) as string });
});

test('while the server is away all mails are for later; then they go', async () => {
  const server = await open();
  const mailer = mailerTo(server.url);
  await mailer.send(mail);
  await server.stop();
  const answers = await Promise.all(Array.from({ length: 20 }, () => mailer.send(mail)));
  expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['later']));
  expect(await mailer.check()).toMatchObject([{ ok: false, what: expect.stringContaining('see host and port in SMTP_URL') as string }]);
  await server.start();
  expect(await mailer.send(mail)).toMatchObject({ outcome: 'accepted' });
  expect(server.mails).toHaveLength(2);
});

test('a server that takes a mail and says nothing is given up', async () => {
  const server = await open();
  server.beSilent();
  expect(await mailerTo(server.url, 300).send(mail)).toMatchObject({ outcome: 'later' });
});

test('a wrong password is ours to repair, and is not repeated', async () => {
  const server = await open({ login });
  const mailer = mailerTo(server.url.replace('secret', 'secre7'));
  const answer = await mailer.send(mail);
  expect(answer).toMatchObject({ outcome: 'refused', detail: expect.stringContaining('user and password in SMTP_URL') as string });
  const [finding] = await mailer.check();
  expect(finding).toMatchObject({ ok: false, what: expect.stringContaining('user and password in SMTP_URL') as string });
  expect(`${answer.detail}${finding?.what ?? ''}`).not.toContain('secre7');
});

test('a certificate that nobody signed is refused, unless the operator takes it', async () => {
  const server = await open({ login, tls: true });
  const strict = mailerTo(server.url);
  expect(await strict.send(mail)).toMatchObject({ outcome: 'refused', detail: expect.stringContaining('certificate') as string });
  expect(await strict.check()).toMatchObject([{ ok: false, what: expect.stringContaining('certificate') as string }]);
  const lenient = mailerTo(`${server.url}?tls.rejectUnauthorized=false`);
  expect(await lenient.send(mail)).toMatchObject({ outcome: 'accepted' });
  expect(await lenient.check()).toEqual([
    { ok: true, what: expect.stringMatching(/^mails go to 127\.0\.0\.1:\d+ \(TLS, login as team@example\.org\)$/) as string },
  ]);
});

test('a server without TLS gets nothing where TLS is required, and the check says which setting asks for it', async () => {
  const server = await open();
  const mailer = mailerTo(`${server.url}?requireTLS=true`);
  expect(await mailer.send(mail)).toMatchObject({ outcome: 'refused', detail: expect.stringContaining('requireTLS') as string });
  expect(await mailer.check()).toMatchObject([{ ok: false, what: expect.stringContaining('requireTLS') as string }]);
  expect(server.mails).toEqual([]);
});

test('the check sends nothing, and says how it was taken', async () => {
  const server = await open();
  expect(await mailerTo(server.url).check()).toEqual([
    { ok: true, what: expect.stringContaining('(without TLS, without a login)') as string },
  ]);
  expect(server.mails).toEqual([]);
});

test('is off without a server, and says which settings turn it on', async () => {
  const mailer = new SmtpMailer({ server: null, from: null });
  expect(mailer.off).toContain('SMTP_URL');
  expect(await mailer.send(mail)).toMatchObject({ outcome: 'refused' });
  expect(await mailer.check()).toEqual([{ ok: true, what: mailer.off }]);
});
