import type { Mail, MailReader } from '../../ports.ts';
import { type Block, htmlOf, type MailContent, oneLine, textOf } from './layout.ts';

/** Where the team is: its host ends the ids of mails. */
export interface Place {
  readonly publicUrl: string;
  readonly host: string;
  readonly hostname: string;
}

export const heading = (text: string): Block => ({ kind: 'heading', text });

export interface Made extends Pick<MailContent, 'subject' | 'preview' | 'blocks' | 'reason' | 'stop'> {
  readonly eventId: string;
  readonly references?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export function mailOf(
  { address, language }: MailReader,
  { publicUrl, host, hostname }: Place,
  { eventId, references = [], headers = {}, ...content }: Made,
): Mail {
  const subject = oneLine(content.subject);
  const whole = { ...content, subject, language, home: { name: host, url: publicUrl } };
  return {
    to: address,
    subject,
    html: htmlOf(whole),
    text: textOf(whole),
    messageId: `<${eventId}@${hostname}>`,
    references,
    headers,
  };
}
