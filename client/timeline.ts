import type { Conversation } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { Change } from './change.ts';
import type { OutboxEntry } from './client.ts';
import type { KeptPage } from './options.ts';

/** A contiguous stretch of a conversation's log, ascending in `seq`. Pure: every function answers the next state. */
export interface Window {
  readonly messages: readonly Message[];
  readonly isLoaded: boolean;
  readonly hasOlder: boolean;
  /** The newest message is in it, so that arriving ones are appended. */
  readonly atEnd: boolean;
  /** The side where the last page was added: the other side is cut when the window grows too large. */
  readonly facing: 'older' | 'newer';
}

/** What a window holds at most. */
export const windowAtMost = 1_000;

export const emptyWindow: Window = { messages: [], isLoaded: false, hasOlder: false, atEnd: false, facing: 'newer' };

export const windowOf = (messages: readonly Message[], { hasOlder, atEnd }: { hasOlder: boolean; atEnd: boolean }): Window => ({
  messages,
  isLoaded: true,
  hasOlder,
  atEnd,
  facing: 'newer',
});

/** Puts a page before the window; what does not join it is left out. */
export function withOlder(window: Window, page: readonly Message[], hasOlder: boolean): Window {
  const [first] = window.messages;
  if (!first) return window;
  const older = page.filter(({ seq }) => seq < first.seq);
  if (older.length > 0 && older.at(-1)?.seq !== first.seq - 1) return window;
  return bounded({ ...window, messages: [...older, ...window.messages], hasOlder, facing: 'older' });
}

export function withNewer(window: Window, page: readonly Message[], atEnd: boolean): Window {
  const last = window.messages.at(-1);
  const newer = page.filter(({ seq }) => seq > (last?.seq ?? 0));
  if (last && newer.length > 0 && newer[0]?.seq !== last.seq + 1) return window;
  return bounded({ ...window, messages: [...window.messages, ...newer], atEnd, facing: 'newer' });
}

/** A new message: appended when the window is at the end of the log. */
export function withArrived(window: Window, message: Message): Window {
  if (!window.isLoaded) return window;
  const last = window.messages.at(-1);
  if (last && message.seq <= last.seq) return withMessage(window, message);
  if (!window.atEnd) return window;
  if (message.seq !== (last?.seq ?? 0) + 1) return { ...window, atEnd: false };
  if (window.messages.length >= windowAtMost && window.facing === 'older') return { ...window, atEnd: false };
  return bounded({ ...window, messages: [...window.messages, message] });
}

/** Returns the same window when the change concerns no message in it, or is older than what it shows. */
export function withChange(window: Window, change: Change): Window {
  if (change.kind === 'message') return withMessage(window, change.message);
  if (change.kind !== 'reactions') return window;
  const known = window.messages.find(({ id }) => id === change.messageId);
  return known ? withMessage(window, { ...known, rev: change.rev, reactions: [...change.reactions] }) : window;
}

/** Keeps the newest `atMost` messages. */
export function lightened(window: Window, atMost: number): Window {
  if (window.messages.length <= atMost) return window;
  return window.atEnd ? { ...window, messages: window.messages.slice(-atMost), hasOlder: true } : emptyWindow;
}

const keptMessages = 50;
const keptSigns = 100_000;

/** The newest messages, fewer where they are long; null unless the window ends with the conversation, and shows nothing that is newer. */
export function pageOf({ messages, hasOlder, isLoaded, atEnd }: Window, { rev, lastSeq }: Conversation): KeptPage | null {
  if (!isLoaded || !atEnd || (messages.at(-1)?.seq ?? 0) !== lastSeq || messages.some((message) => message.rev > rev)) return null;
  let [from, signs] = [messages.length, 0];
  while (from > 0 && messages.length - from < keptMessages) {
    signs += messages[from - 1]?.text.length ?? 0;
    if (signs > keptSigns) break;
    from--;
  }
  return { messages: messages.slice(from), hasOlder: hasOlder || from > 0 };
}

/** A page that holds a change as late as this rev holds all that came before it, as the server reads a page at once. */
export const reaches = (messages: readonly Message[], rev: number): boolean => messages.some((message) => message.rev >= rev);

/** Without those that are shown as messages already. */
export function unsent(pending: readonly OutboxEntry[], messages: readonly Message[], ownId: string): readonly OutboxEntry[] {
  if (pending.length === 0) return pending;
  const sent = new Set(messages.filter(({ senderId }) => senderId === ownId).map((message) => message.clientMessageId));
  return pending.filter(({ clientMessageId }) => !sent.has(clientMessageId));
}

export function messageAt({ messages }: Window, seq: number): Message | undefined {
  const [first] = messages;
  return first && messages[seq - first.seq];
}

function withMessage(window: Window, message: Message): Window {
  const known = messageAt(window, message.seq);
  if (!known || known.rev >= message.rev) return window;
  const messages = [...window.messages];
  messages[message.seq - (messages[0]?.seq ?? 0)] = message;
  return { ...window, messages };
}

function bounded(window: Window): Window {
  const { messages, facing } = window;
  if (messages.length <= windowAtMost) return window;
  return facing === 'older'
    ? { ...window, messages: messages.slice(0, windowAtMost), atEnd: false }
    : { ...window, messages: messages.slice(-windowAtMost), hasOlder: true };
}
