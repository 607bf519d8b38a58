import type { MailWriter } from '../../ports.ts';
import { linkMails } from './links.ts';
import { mailOf } from './mail.ts';
import { missedMail } from './missed.ts';
import { notices } from './notices.ts';

/** Every mail that the team sends. */
export type AllMails = MailWriter & ReturnType<typeof notices> & ReturnType<typeof linkMails>;

/** `publicUrl`: where browsers reach the team; its host names the team and ends the ids of mails. */
export function mailWriter(publicUrl: string): AllMails {
  const { host, hostname } = new URL(publicUrl);
  const place = { publicUrl, host, hostname };
  return {
    missed: (reader, missed) => mailOf(reader, place, missedMail(reader, missed, place)),
    ...notices(place),
    ...linkMails(place),
  };
}
