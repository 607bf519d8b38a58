import type { Notification } from '../../shared/model.ts';
import type { Translate } from '../../shared/i18n/translate.ts';

/** What an entry says below its heading, in the language of the page; empty where that is all. */
export function entryText(t: Translate, { cause, text }: Pick<Notification, 'cause' | 'text'>): string {
  if (cause === 'invite') return t('centre.invited');
  if (cause === 'test') return t('entry.test');
  if (cause !== 'security') return text;
  // An entry keeps what happened and the device, behind a colon.
  const [what, ...device] = text.split(': ');
  return what === 'password_changed' ? t('entry.passwordChanged') : t('entry.newDevice', { device: device.join(': ') });
}

interface Around {
  /** Of whom it is from; null: nobody, or not known yet. */
  readonly name: string | null;
  readonly isDirect: boolean;
  readonly showsText: boolean;
}

/** Title and body as a push of the same event has them: one takes the place of the other. */
export function desktopTexts(t: Translate, entry: Notification, { name, isDirect, showsText }: Around): { title: string; body: string } {
  const { cause, title } = entry;
  if (cause === 'security' || cause === 'test') return { title: t(`cause.${cause}`), body: entryText(t, entry) };
  if (cause === 'invite') return { title, body: name === null ? t('cause.invite') : t('entry.invited', { name }) };
  const isNamed = name !== null && !isDirect;
  if (!showsText) return { title: isNamed ? `${name} · ${title}` : title, body: '' };
  const said = entry.text === '' ? t('entry.file') : entry.text;
  return { title, body: isNamed ? `${name}: ${said}` : said };
}
