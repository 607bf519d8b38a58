import type { Mail, MailReader } from '../../ports.ts';
import { type Block, oneLine } from './layout.ts';
import { heading, mailOf, type Place } from './mail.ts';
import { mailTexts, timeIn } from './texts.ts';

/** A link that does something once. `expiresAt`: ISO 8601, null where it stays valid. */
export interface LinkOnce {
  readonly eventId: string;
  readonly url: string;
  readonly expiresAt: string | null;
}

/** Mails with a link that does something once. */
export const linkMails = (place: Place) => ({
  invite: (reader: MailReader, { inviterName, ...link }: LinkOnce & { readonly inviterName: string }): Mail => {
    const { subject, text, button, reason } = mailTexts[reader.language].invite;
    const title = subject(oneLine(inviterName), place.host);
    return mailOf(reader, place, { eventId: link.eventId, ...linkMail(reader, link, { subject: title, text, button }), reason });
  },
  confirmAddress: (reader: MailReader, link: LinkOnce): Mail => {
    const { confirm, askedReason, notAsked } = mailTexts[reader.language];
    const words = { subject: confirm.subject(place.host), text: confirm.text(reader.displayName), button: confirm.button, notAsked };
    return mailOf(reader, place, { eventId: link.eventId, ...linkMail(reader, link, words), reason: askedReason });
  },
  resetPassword: (reader: MailReader, link: LinkOnce): Mail => {
    const { reset, askedReason, notAsked } = mailTexts[reader.language];
    const words = { subject: reset.subject(place.host), text: reset.text(reader.displayName), button: reset.button, notAsked };
    return mailOf(reader, place, { eventId: link.eventId, ...linkMail(reader, link, words), reason: askedReason });
  },
});

interface LinkWords {
  readonly subject: string;
  readonly text: string;
  readonly button: string;
  readonly notAsked?: string;
}

function linkMail(reader: MailReader, { url, expiresAt }: LinkOnce, { subject, text, button, notAsked }: LinkWords) {
  const blocks: readonly Block[] = [
    heading(subject),
    { kind: 'text', text },
    { kind: 'button', text: button, url },
    ...(expiresAt === null ? [] : [{ kind: 'quiet' as const, text: mailTexts[reader.language].until(timeIn(reader, expiresAt)) }]),
    ...(notAsked === undefined ? [] : [{ kind: 'quiet' as const, text: notAsked }]),
  ];
  return { subject, preview: text, blocks };
}
