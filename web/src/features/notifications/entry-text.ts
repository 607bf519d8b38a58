import type { Role } from '../../../../client/index.ts';
import { type Notice, readNotice } from '../../../../client/notices.ts';
import type { Notification } from '../../shared/model.ts';
import type { Translate } from '../../shared/i18n/translate.ts';

/** What an entry says below its heading, in the language of the page; empty where that is all. */
export function entryText(t: Translate, { cause, text }: Pick<Notification, 'cause' | 'text'>): string {
  if (cause === 'invite') return t('centre.invited');
  if (cause === 'test') return t('entry.test');
  return cause === 'security' ? noticeWords(t, readNotice(text)) : text;
}

/** Empty for what a later version of the server says. */
function noticeWords(t: Translate, notice: Notice | null): string {
  if (notice === null) return '';
  const { what, about, address } = notice;
  if (what === 'password_changed') return t('notice.password_changed');
  if (what === 'role_changed') return t('notice.role_changed', { role: isRole(about) ? t(`role.${about}`) : about });
  if (what === 'signed_out' && about === '') return t('notice.signed_out_everywhere');
  return t(`notice.${what}`, { device: [about, address].filter(Boolean).join(', ') });
}

const isRole = (text: string): text is Role => ['owner', 'admin', 'member', 'guest'].includes(text);

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
