import type { Translate } from '../../shared/i18n/translate.ts';
import type { Notification } from '../../shared/model.ts';

/** Such entries quote nobody: they are shown whole to those too who hide texts. */
export const quotesNobody = ({ cause }: Pick<Notification, 'cause'>): boolean => cause === 'invite' || cause === 'security';

/** What an entry says below its heading, in the language of the page; empty where that is all. */
export function entryText(t: Translate, { cause, text }: Pick<Notification, 'cause' | 'text'>): string {
  return cause === 'invite' ? t('centre.invited') : text;
}
