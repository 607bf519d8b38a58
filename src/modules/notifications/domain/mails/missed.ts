import type { MailReader, MissedConversation, MissedMail } from '../../ports.ts';
import type { Block } from './layout.ts';
import { heading, type Made, type Place } from './mail.ts';
import { mailTexts, timeIn } from './texts.ts';

/** One conversation is a thread of its own in programs of mail; of several one mail comes that belongs to no thread. */
export function missedMail(
  reader: MailReader,
  { eventId, conversations, unsubscribeUrl }: MissedMail,
  { publicUrl, host, hostname }: Place,
): Made {
  const texts = mailTexts[reader.language];
  const [first, ...others] = conversations;
  const only = others.length === 0 ? first : undefined;
  const subject = only ? titleOf(reader, only) : texts.missedMany(host);
  const thread = only && `<${only.conversationId}@${hostname}>`;
  return {
    eventId,
    subject,
    preview: (first?.messages ?? []).map(({ senderName, text }) => `${senderName}: ${text || texts.hiddenText}`).join(' · '),
    blocks: [
      heading(only ? subject : texts.missedHeading(conversations.length)),
      ...conversations.flatMap((one) => conversationBlocks(reader, one, { publicUrl, isOnly: only !== undefined })),
    ],
    reason: texts.missedReason,
    stop: { text: texts.stopMissed, url: unsubscribeUrl },
    references: thread === undefined ? [] : [thread],
    headers: {
      ...(thread === undefined ? {} : { 'In-Reply-To': thread }),
      'List-Id': `<${only?.conversationId ?? 'missed'}.${hostname}>`,
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      Precedence: 'list',
    },
  };
}

function titleOf({ language }: MailReader, { kind, title }: MissedConversation): string {
  const { missedFrom, missedIn } = mailTexts[language];
  return kind === 'direct' ? missedFrom(title) : missedIn(title);
}

const marks = {
  mention: 'mentioned',
  keyword: 'mentioned',
  reply: 'answered',
  missed_call: 'called',
  call: 'called',
  invite: 'invited',
} as const;

function conversationBlocks(
  reader: MailReader,
  { title, path, messages, more }: MissedConversation,
  { publicUrl, isOnly }: { readonly publicUrl: string; readonly isOnly: boolean },
): readonly Block[] {
  const texts = mailTexts[reader.language];
  const shown = messages.map(({ senderName, text, at, cause }): Block => {
    const mark = cause in marks ? texts[marks[cause as keyof typeof marks]] : '';
    const when = [timeIn(reader, at), mark].filter(Boolean).join(' · ');
    return { kind: 'message', who: senderName, when, text: text === '' ? texts.hiddenText : text, isMention: cause === 'mention' };
  });
  return [
    ...(isOnly ? [] : [{ kind: 'title' as const, text: title }]),
    ...shown,
    ...(more > 0 ? [{ kind: 'quiet' as const, text: texts.more(more) }] : []),
    { kind: 'button', text: texts.open, url: `${publicUrl}${path}` },
  ];
}
