import type { Message } from '../src/contracts/chat/messages.ts';
import type { Change } from './change.ts';

/** How far a client has come in the log of one conversation. Pure: every function answers the next state. */
export interface Stream {
  /** Every change up to here is applied. */
  readonly rev: number;
  /** Every message up to here has arrived. */
  readonly seq: number;
  /** A sync has begun that needs more pages; until the last one live changes wait. */
  readonly isBehind: boolean;
  /** Live changes beyond a gap, by rev. */
  readonly held: ReadonlyMap<number, Change>;
  /** Messages whose predecessors have not arrived, by seq: a page is in order of rev, not of seq. */
  readonly ahead: ReadonlyMap<number, Message>;
}

export interface Step {
  readonly stream: Stream;
  /** New messages: each exactly once, in order of `seq`. */
  readonly arrived: readonly Message[];
  /** Changes of what had arrived before, and of the conversation itself. */
  readonly changed: readonly Change[];
  /** Something is missing: ask `sync`. */
  readonly hasGap: boolean;
}

export interface ChangesPage {
  readonly messages: readonly Message[];
  readonly uptoRev: number;
  readonly more: boolean;
}

/** Beyond this, live changes are not kept: the sync that is due brings them as well. */
const heldAtMost = 1_000;
const none: ReadonlyMap<number, never> = new Map<number, never>();

export const streamAt = (rev: number, seq: number): Stream => ({ rev, seq, isBehind: false, held: none, ahead: none });

/** A live change: applied when it is the next, ignored when known, else kept until the gap before it is closed. */
export function takeChange(stream: Stream, change: Change): Step {
  if (change.rev <= stream.rev) return still(stream);
  if (stream.isBehind || change.rev > stream.rev + 1) {
    const held = stream.held.size < heldAtMost ? new Map(stream.held).set(change.rev, change) : stream.held;
    return { ...still({ ...stream, held }), hasGap: true };
  }
  return drained({ ...stream, rev: change.rev }, [change]);
}

/** A page of `sync`. Messages changed after `uptoRev` may be in it already: they are only fresher. */
export function takePage(stream: Stream, { messages, uptoRev, more }: ChangesPage): Step {
  const fresh = messages.filter((message) => message.rev > stream.rev);
  const changes = fresh.map((message): Change => ({ kind: 'message', rev: message.rev, message }));
  const next = { ...stream, rev: Math.max(stream.rev, uptoRev), isBehind: more };
  return more ? sorted(next, changes) : drained(next, changes);
}

/** Messages read from the history, to close a hole in `seq`. */
export function takeHistory(stream: Stream, messages: readonly Message[]): Step {
  const missing = messages.filter(({ seq }) => seq > stream.seq && !stream.ahead.has(seq));
  return sorted(
    stream,
    missing.map((message): Change => ({ kind: 'message', rev: message.rev, message })),
  );
}

/** Applies what was held, as far as it follows without a gap. */
function drained(stream: Stream, first: readonly Change[]): Step {
  if (stream.held.size === 0) return sorted(stream, first);
  const changes = [...first];
  const held = new Map([...stream.held].filter(([rev]) => rev > stream.rev));
  let { rev } = stream;
  for (let next = held.get(rev + 1); next; next = held.get(rev + 1)) {
    changes.push(next);
    held.delete(++rev);
  }
  return { ...sorted({ ...stream, rev, held }, changes), hasGap: held.size > 0 };
}

/** Separates new messages from changes of old ones, and lets the new ones arrive in order of `seq`. */
function sorted(stream: Stream, changes: readonly Change[]): Step {
  const changed: Change[] = [];
  const ahead = new Map(stream.ahead);
  for (const change of changes) {
    if (change.kind === 'message' && change.message.seq > stream.seq) keepNewer(ahead, change.message);
    else if (change.kind === 'reactions' && react(ahead, change)) continue;
    else changed.push(change);
  }
  const arrived: Message[] = [];
  let { seq } = stream;
  for (let next = ahead.get(seq + 1); next; next = ahead.get(seq + 1)) {
    arrived.push(next);
    ahead.delete(++seq);
  }
  return { stream: { ...stream, seq, ahead: ahead.size === 0 ? none : ahead }, arrived, changed, hasGap: false };
}

function keepNewer(ahead: Map<number, Message>, message: Message): void {
  const known = ahead.get(message.seq);
  if (!known || known.rev < message.rev) ahead.set(message.seq, message);
}

/** Reactions to a message that waits for its turn. */
function react(ahead: Map<number, Message>, { messageId, reactions, rev }: Extract<Change, { kind: 'reactions' }>): boolean {
  for (const message of ahead.values()) {
    if (message.id !== messageId) continue;
    if (message.rev < rev) ahead.set(message.seq, { ...message, rev, reactions: [...reactions] });
    return true;
  }
  return false;
}

const still = (stream: Stream): Step => ({ stream, arrived: [], changed: [], hasGap: false });
