import fc from 'fast-check';
import type { Language, MailReader } from '../../ports.ts';
import { allMails, conversation, publicUrl, unsubscribeUrl } from './samples.fixture.ts';
import { mailWriter } from './writer.ts';

const mails = mailWriter(publicUrl);
const reader: MailReader = { address: 'ada@example.org', displayName: 'Ada', language: 'en', timeZone: 'UTC' };
const missed = (...conversations: Parameters<typeof mails.missed>[1]['conversations'][number][]) =>
  mails.missed(reader, { eventId: 'event-1', conversations, unsubscribeUrl });

test('a mail about one conversation belongs to its thread, under a subject that stays', () => {
  const [first, next] = [missed(conversation('en')), missed(conversation('en', { messages: [], more: 9 }))];
  expect(first).toMatchObject({
    to: 'ada@example.org',
    subject: 'Missed messages in Kitchen & <Lunch>',
    messageId: '<event-1@chat.example.org>',
    references: ['<conversation-1@chat.example.org>'],
    headers: { 'In-Reply-To': '<conversation-1@chat.example.org>', 'List-Id': '<conversation-1.chat.example.org>' },
  });
  expect([next.subject, next.references]).toEqual([first.subject, first.references]);
});

test('one about several belongs to none, and says how many there are', () => {
  const mail = missed(conversation('en'), conversation('en', { conversationId: 'conversation-2', kind: 'direct', title: 'Grace' }));
  expect(mail).toMatchObject({ subject: 'Missed messages on chat.example.org', references: [] });
  expect(mail.headers['In-Reply-To']).toBeUndefined();
  expect(mail.text).toContain('You missed messages in 2 conversations');
});

test('mails about missed messages end by one click (RFC 8058), and others have nothing to end', () => {
  expect(missed(conversation('en')).headers).toMatchObject({
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    Precedence: 'list',
  });
  expect(allMails('en')['newDevice']?.headers).toEqual({});
});

test('a person who hides texts gets none', () => {
  const messages = [{ senderName: 'Grace', text: '', at: '2026-01-31T18:05:00.000Z', cause: 'mention' as const }];
  const { text } = missed(conversation('en', { messages, more: 0 }));
  expect(text).toContain('Grace, 31 Jan 2026, 18:05 UTC · mentioned you\n> New message');
});

test.each<[Language, number, string]>([
  ['en', 1, 'and 1 more message\n'],
  ['en', 5, 'and 5 more messages\n'],
  ['ru', 1, 'и ещё 1 сообщение\n'],
  ['ru', 3, 'и ещё 3 сообщения\n'],
  ['ru', 11, 'и ещё 11 сообщений\n'],
  ['ru', 21, 'и ещё 21 сообщение\n'],
])('in %s %i more messages are counted', (language, more, words) => {
  const mail = mails.missed({ ...reader, language }, { eventId: 'e', conversations: [conversation(language, { more })], unsubscribeUrl });
  expect(mail.text).toContain(words);
});

test('whatever people write makes no markup, no header and no second line', () => {
  const marked = '<script>alert(1)</script>"\'><img src=x onerror=1>\r\nBcc: all@example.org\u202eevil';
  const written = fc.string({ unit: 'binary' }).map((text) => `${text}${marked}`);
  fc.assert(
    fc.property(written, written, written, (title, senderName, text) => {
      const messages = [{ senderName, text, at: '2026-01-31T18:05:00.000Z', cause: 'message' as const }];
      const of = mailWriter(publicUrl);
      const made = [
        of.missed(
          { ...reader, displayName: title },
          { eventId: 'e', conversations: [conversation('en', { title, messages })], unsubscribeUrl },
        ),
        of.staleDevice(reader, { eventId: 'e', device: title }),
        of.invite(reader, { eventId: 'e', url: publicUrl, expiresAt: '2026-01-31T18:05:00.000Z', inviterName: senderName }),
      ];
      for (const { subject, html, text: plain } of made) {
        expect(html).not.toMatch(/<script|<img|\u202e/);
        expect(subject).not.toMatch(/[\r\n\u202e]/);
        expect(plain).not.toMatch(/^Bcc:/m);
      }
    }),
    { numRuns: 100 },
  );
});

test.each<Language>(['en', 'ru'])('every mail in %s says the same in HTML and in text, and loads nothing', (language) => {
  for (const mail of Object.values(allMails(language))) {
    expect(mail.html).not.toMatch(/<img|url\(|<link|src=/);
    const links = [...mail.html.matchAll(/href="([^"]+)"/g)].map(([, url = '']) => url);
    for (const url of links) expect(mail.text).toContain(url);
    expect(/[а-яё]/i.test(mail.text)).toBe(language === 'ru');
    expect(/[а-яё]/i.test(mail.subject)).toBe(language === 'ru');
  }
});

test.each([
  ['en', 'UTC', '31 Jan 2026, 18:05 UTC'],
  ['en', 'Europe/Berlin', '31 Jan 2026, 19:05'],
  ['ru', 'Asia/Vladivostok', '1 февр. 2026 г., 04:05'],
] as const)('in %s, times are of the zone %s: %s', (language, timeZone, time) => {
  const notice = { eventId: 'e', what: 'new_device', device: 'Firefox', address: '203.0.113.7', at: '2026-01-31T18:05:00.000Z' } as const;
  const { text } = mails.security({ ...reader, language, timeZone }, notice);
  expect(text.split('\n').find((line) => line.includes('2026'))).toMatch(new RegExp(`: ${time.replaceAll('.', '\\.')}$`));
});
