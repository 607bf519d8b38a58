import type { Cause } from '../../../contracts/notifications/notifications.ts';
import type { Language } from '../ports.ts';

/** What a notification is made of. */
export interface NoteContent {
  readonly cause: Cause;
  readonly title: string;
  readonly text: string;
  readonly actorName: string;
  readonly isDirect: boolean;
  readonly showsText: boolean;
  readonly language: Language;
}

const texts = {
  en: {
    invited: (who: string) => `${who} added you`,
    security: 'Security notice',
    test: 'Test notification',
    works: 'Notifications work on this device.',
    file: 'Sent a file',
    new_device: (device: string) => `Signed in on a new device: ${device}`,
    password_changed: () => 'Your password was changed',
  },
  ru: {
    invited: (who: string) => `${who}: вас добавили в беседу`,
    security: 'Безопасность',
    test: 'Проверка уведомлений',
    works: 'Уведомления на этом устройстве работают.',
    file: 'Файл',
    new_device: (device: string) => `Вход с нового устройства: ${device}`,
    password_changed: () => 'Ваш пароль изменён',
  },
} as const;

/** Title and body as the person reads them; the body is empty where the person hides texts. */
export function noteTexts({ cause, title, text, actorName, isDirect, showsText, language }: NoteContent): { title: string; body: string } {
  const own = texts[language];
  if (cause === 'test') return { title: own.test, body: own.works };
  if (cause === 'security') return { title: own.security, body: securityText(text, own) };
  if (cause === 'invite') return { title, body: own.invited(actorName) };
  if (!showsText) return { title: isDirect ? actorName : `${actorName} · ${title}`, body: '' };
  const said = text === '' ? own.file : text;
  return isDirect ? { title: actorName, body: said } : { title, body: `${actorName}: ${said}` };
}

/** An entry keeps what happened and the device behind a colon. */
function securityText(text: string, { new_device: newDevice, password_changed: changed }: (typeof texts)[Language]): string {
  const [what = '', ...device] = text.split(': ');
  return what === 'password_changed' ? changed() : newDevice(device.join(': '));
}
