import type { Cause } from '../../../contracts/notifications/notifications.ts';
import type { Notice, NoticeKind } from '../../../contracts/notifications/notices.ts';
import type { Language } from '../ports.ts';

/** What a notification is made of. */
export interface NoteContent {
  readonly cause: Cause;
  readonly title: string;
  readonly text: string;
  /** What a notice of this version says; null for anything else. */
  readonly notice: Notice | null;
  readonly actorName: string;
  readonly isDirect: boolean;
  readonly showsText: boolean;
  readonly language: Language;
}

interface Words {
  readonly invited: (who: string) => string;
  readonly security: string;
  readonly test: string;
  readonly works: string;
  readonly file: string;
  /** Of what each is about. */
  readonly notices: Readonly<Record<NoticeKind, (about: string) => string>>;
}

const roles: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { owner: 'owner', admin: 'admin', member: 'member', guest: 'guest' },
  ru: { owner: 'владелец', admin: 'администратор', member: 'участник', guest: 'гость' },
};

const texts: Readonly<Record<Language, Words>> = {
  en: {
    invited: (who: string) => `${who} added you`,
    security: 'Security notice',
    test: 'Test notification',
    works: 'Notifications work on this device.',
    file: 'Sent a file',
    notices: {
      new_device: (device) => `Signed in on a new device: ${device}`,
      password_changed: () => 'Your password was changed',
      role_changed: (role) => `Your role in the team is now: ${roles.en[role] ?? role}`,
      signed_out: (device) => (device === '' ? 'An admin signed you out on all devices' : `Signed out: ${device}`),
      token_reused: (device) => `A session was ended, because it was also used elsewhere: ${device}`,
      stale_device: (device) => `Not opened for 14 days: ${device}`,
      service_refuses: (service) => `A service refuses notifications: ${service}`,
    },
  },
  ru: {
    invited: (who: string) => `${who}: вас добавили в беседу`,
    security: 'Безопасность',
    test: 'Проверка уведомлений',
    works: 'Уведомления на этом устройстве работают.',
    file: 'Файл',
    notices: {
      new_device: (device) => `Вход с нового устройства: ${device}`,
      password_changed: () => 'Ваш пароль изменён',
      role_changed: (role) => `Ваша роль в команде теперь: ${roles.ru[role] ?? role}`,
      signed_out: (device) => (device === '' ? 'Администратор завершил все ваши сеансы' : `Сеанс завершён: ${device}`),
      token_reused: (device) => `Сеанс завершён: им пользовались и в другом месте (${device})`,
      stale_device: (device) => `Не открывали 14 дней: ${device}`,
      service_refuses: (service) => `Сервис не принимает уведомления: ${service}`,
    },
  },
};

/** Title and body as the person reads them; the body is empty where the person hides texts. */
export function noteTexts({ cause, title, text, notice, actorName, isDirect, showsText, language }: NoteContent): {
  title: string;
  body: string;
} {
  const own = texts[language];
  if (cause === 'test') return { title: own.test, body: own.works };
  if (cause === 'security') return { title: own.security, body: noticeText(notice, own) };
  if (cause === 'invite') return { title, body: own.invited(actorName) };
  if (!showsText) return { title: isDirect ? actorName : `${actorName} · ${title}`, body: '' };
  const said = text === '' ? own.file : text;
  return isDirect ? { title: actorName, body: said } : { title, body: `${actorName}: ${said}` };
}

function noticeText(notice: Notice | null, { notices }: Words): string {
  if (notice === null) return '';
  const { what, about, address } = notice;
  return notices[what]([about, address].filter((part) => part !== '').join(', '));
}
