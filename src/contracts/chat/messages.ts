import { z } from 'zod';
import { event, operation } from '../define.ts';
import { visible } from '../patterns.ts';
import { Counter, Cursor, exactText, Id, Limit, Nothing, page, Timestamp } from '../primitives.ts';
import { maxTextLength } from './message-text.ts';
import { Reaction } from './reactions.ts';

/** `width`, `height`: pixels as it is shown, so that its place is reserved before it is loaded. `duration`: seconds. */
export const Attachment = z
  .strictObject({
    id: Id,
    name: z.string(),
    size: z.int(),
    mimeType: z.string(),
    sha256: z.string(),
    width: z.int().optional(),
    height: z.int().optional(),
    duration: z.number().optional(),
    /** Of a video, as ffmpeg names it: `h264`, `hevc`, `vp9`. */
    codec: z.string().optional(),
    /** How loud a sound is from its begin to its end: 64 bytes from 0 to 255, the loudest part 255, in base64. */
    waveform: z.string().optional(),
    url: z.string(),
    thumbnailUrl: z.string().optional(),
    blurhash: z.string().optional(),
    /** A blurred picture of a few bytes, in base64 (https://evanw.github.io/thumbhash). */
    thumbhash: z.string().optional(),
    /** Why a file of a type that has previews has none. `too_large`: more pixels or bytes than previews are made of. */
    previewFault: z.enum(['too_large', 'unreadable', 'failed']).optional(),
    /**
     * The file is gone, and `url` answers 404. `expired`: it was older than files are kept. `erased`: an admin removed the files of its owner; its name
     * and type are gone too, and `size` is 0. `sha256` is empty in both cases.
     */
    removed: z.enum(['expired', 'erased']).optional(),
    /** How many days files were kept when an `expired` one was removed. */
    keptDays: z.int().optional(),
  })
  .meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof Attachment>;

/** Files of one message. */
export const maxAttachments = 20;

/** `seq`: place in the conversation, from 1, without gaps. `rev`: the conversation's change that last touched it. */
export const Message = z
  .strictObject({
    id: Id,
    conversationId: Id,
    seq: Counter,
    rev: Counter,
    clientMessageId: Id,
    senderId: Id,
    kind: z.enum(['text', 'system', 'call']),
    text: z.string(),
    attachments: z.array(Attachment),
    replyTo: Id.nullable(),
    threadRootId: Id.nullable(),
    threadCount: Counter,
    mentions: z.array(Id),
    reactions: z.array(Reaction),
    pinned: z.boolean(),
    editedAt: Timestamp.nullable(),
    deletedAt: Timestamp.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

/** The ack of a send: enough for the sender to settle its local echo. */
export const MessageReceipt = Message.pick({
  id: true,
  conversationId: true,
  seq: true,
  rev: true,
  clientMessageId: true,
  createdAt: true,
}).meta({
  id: 'MessageReceipt',
});

export type MessageReceipt = z.infer<typeof MessageReceipt>;

/** What a message said until `endedAt`, when an edit put the next text in its place. */
export const MessageEdit = z.strictObject({ text: z.string(), endedAt: Timestamp }).meta({ id: 'MessageEdit' });
export type MessageEdit = z.infer<typeof MessageEdit>;

const ofMessage = ({ message }: { message: { conversationId: string } }) => ({ conversation: message.conversationId });

const headOf = ({ message }: { message: { conversationId: string; rev: number } }) => ({
  conversationId: message.conversationId,
  rev: message.rev,
});

const MessagePayload = z.strictObject({ message: Message });

export const messageCreated = event({
  name: 'chat.messageCreated',
  summary: 'A message is durable in its conversation',
  delivery: 'event',
  payload: MessagePayload,
  clients: [{ name: 'message:created', audience: ofMessage }],
  head: headOf,
});

export const messageUpdated = event({
  name: 'chat.messageUpdated',
  summary: 'A message changed: its text, its thread count, its pin, what is known of its files, or one of them was removed',
  delivery: 'event',
  payload: MessagePayload,
  clients: [{ name: 'message:updated', audience: ofMessage }],
  head: headOf,
});

export const messageDeleted = event({
  name: 'chat.messageDeleted',
  summary: 'A message was deleted; it keeps its place without content',
  delivery: 'event',
  payload: MessagePayload,
  clients: [{ name: 'message:deleted', audience: ofMessage }],
  head: headOf,
});

const OneMessage = z.strictObject({ messageId: Id });

/** Must hold something visible; kept exactly as typed. */
const Text = exactText(1, maxTextLength).regex(visible, 'must not be blank');

export const listMessages = operation({
  name: 'chat.listMessages',
  summary:
    'A page of history in ascending seq; without a bound, the newest page. A page of long messages is shorter than asked for. hasMore looks the way the page goes, about a seq both ways',
  access: 'user',
  /** One of the three bounds at most; more are a `conflict`. */
  input: z.strictObject({
    conversationId: Id,
    beforeSeq: Counter.optional(),
    afterSeq: Counter.optional(),
    aroundSeq: Counter.optional(),
    limit: Limit(50, 200),
  }),
  output: z.strictObject({ items: z.array(Message), hasMore: z.boolean() }),
  http: { method: 'GET', path: '/conversations/:conversationId/messages' },
});

export const sendMessage = operation({
  name: 'chat.sendMessage',
  summary: 'Send a message; answered once it is durable, and the same for every repeat of its clientMessageId',
  access: 'user',
  /** `attachmentIds`: files that the sender uploaded and has not sent yet. The text may be empty beside them. */
  input: z
    .strictObject({
      conversationId: Id,
      clientMessageId: Id,
      text: exactText(0, maxTextLength),
      attachmentIds: z.array(Id).max(maxAttachments).optional(),
      replyTo: Id.nullable().optional(),
      threadRootId: Id.nullable().optional(),
    })
    .refine(({ text, attachmentIds = [] }) => attachmentIds.length > 0 || visible.test(text), {
      path: ['text'],
      message: 'must not be blank',
    })
    .meta({
      anyOf: [
        { properties: { text: { pattern: visible.source } } },
        { properties: { attachmentIds: { minItems: 1 } }, required: ['attachmentIds'] },
      ],
    }),
  output: Message,
  limit: 'message',
  queueable: true,
  http: { method: 'POST', path: '/conversations/:conversationId/messages', status: 201 },
  socket: {
    command: 'message:send',
    ack: MessageReceipt,
    toAck: ({ id, conversationId, seq, rev, clientMessageId, createdAt }) => ({ id, conversationId, seq, rev, clientMessageId, createdAt }),
  },
});

export const editMessage = operation({
  name: 'chat.editMessage',
  summary: 'Change the text of one’s own message; earlier texts are kept',
  access: 'user',
  input: z.strictObject({ messageId: Id, text: Text }),
  output: Message,
  http: { method: 'PATCH', path: '/messages/:messageId' },
  socket: { command: 'message:edit' },
});

export const listEdits = operation({
  name: 'chat.listEdits',
  summary: 'Earlier texts of a message, oldest first; for its sender and those who moderate',
  access: 'user',
  input: z.strictObject({ messageId: Id, limit: Limit(100, 200), cursor: Cursor.optional() }),
  output: page(MessageEdit),
  http: { method: 'GET', path: '/messages/:messageId/edits' },
});

export const deleteMessage = operation({
  name: 'chat.deleteMessage',
  summary: 'Delete a message; it keeps its place without content',
  access: 'user',
  input: OneMessage,
  output: Message,
  http: { method: 'DELETE', path: '/messages/:messageId' },
  socket: { command: 'message:delete' },
});

export const getMessage = operation({
  name: 'chat.getMessage',
  summary: 'One message',
  access: 'user',
  input: OneMessage,
  output: Message,
  http: { method: 'GET', path: '/messages/:messageId' },
});

export const countMessages = operation({
  name: 'chat.countMessages',
  summary: 'Conversations and messages, for the overview',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ conversations: z.int(), messages: z.int() }),
});
