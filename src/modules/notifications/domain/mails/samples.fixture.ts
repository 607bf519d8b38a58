import type { Language, Mail, MissedConversation } from '../../ports.ts';
import { mailWriter } from './writer.ts';

const at = '2026-01-31T18:05:00.000Z';
export const publicUrl = 'https://chat.example.org';
export const unsubscribeUrl = `${publicUrl}/api/v1/notifications/unsubscribe/token-1`;

const talk = {
  en: {
    title: 'Kitchen & <Lunch>',
    names: ['Grace Hopper', 'A very long name that somebody once typed into the field for names'],
    texts: [
      'Lunch is ready, come down before it is cold.',
      'Did anybody see https://example.org/a-very-long-address-without-any-place-to-break-it-in-the-middle-of-it?',
    ],
  },
  ru: {
    title: 'Кухня и «Обед»',
    names: ['Мария Склодовская', 'Очень длинное имя, которое кто-то однажды ввёл в поле для имён'],
    texts: [
      'Обед готов, спускайтесь, пока не остыло.',
      'Кто-нибудь видел https://example.org/ochen-dlinnyj-adres-bez-mesta-dlya-perenosa-v-seredine?',
    ],
  },
} as const;

export function conversation(language: Language, changes: Partial<MissedConversation> = {}): MissedConversation {
  const { title, names, texts } = talk[language];
  return {
    conversationId: 'conversation-1',
    title,
    kind: 'channel',
    path: '/c/conversation-1',
    messages: [
      { senderName: names[0], text: texts[0], at, cause: 'message' },
      { senderName: names[1], text: texts[1], at, cause: 'mention' },
      { senderName: names[0], text: '', at, cause: 'reply' },
    ],
    more: 5,
    ...changes,
  };
}

/** Every mail, as it goes to one reader. */
export function allMails(language: Language): Readonly<Record<string, Mail>> {
  const mails = mailWriter(publicUrl);
  const reader = { address: 'ada@example.org', displayName: language === 'en' ? 'Ada' : 'Ада', language, timeZone: 'Europe/Berlin' };
  const link = { eventId: 'event-1', url: `${publicUrl}/join/secret`, expiresAt: at };
  const device = { eventId: 'event-1', device: language === 'en' ? 'Firefox on Linux' : 'Firefox, Linux' };
  const notice = { ...device, address: '203.0.113.7', at };
  const direct = conversation(language, { conversationId: 'conversation-2', kind: 'direct', title: talk[language].names[0], more: 0 });
  return {
    missed: mails.missed(reader, { eventId: 'event-1', conversations: [conversation(language)], unsubscribeUrl }),
    missedDirect: mails.missed(reader, { eventId: 'event-1', conversations: [direct], unsubscribeUrl }),
    missedMany: mails.missed(reader, { eventId: 'event-1', conversations: [conversation(language), direct], unsubscribeUrl }),
    newDevice: mails.security(reader, { ...notice, what: 'new_device' }),
    passwordChanged: mails.security(reader, { ...notice, what: 'password_changed' }),
    staleDevice: mails.staleDevice(reader, device),
    test: mails.test(reader, { eventId: 'event-1' }),
    alarm: mails.alarm(reader, {
      eventId: 'event-1',
      what: ['The mail server refuses the login: see user and password in SMTP_URL.', 'Apple answered 403: BadJwtToken'],
    }),
    invite: mails.invite(reader, { ...link, inviterName: talk[language].names[0] }),
    confirmAddress: mails.confirmAddress(reader, link),
    resetPassword: mails.resetPassword(reader, link),
  };
}
