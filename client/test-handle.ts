import type { Message } from '../src/contracts/chat/messages.ts';
import type { Client, OutboxEntry, UploadHandle } from './client.ts';
import type { ClientError } from './client-error.ts';
import type { HandleParts } from './handle-parts.ts';
import { aConversation } from './test-log.ts';
import { Cell } from './readable.ts';
import { ManualTimers } from './test-timers.ts';

/** A call that waits for its answer. */
export interface Asked {
  readonly name: string;
  readonly input: Record<string, unknown>;
  readonly answer: (output: unknown) => void;
  readonly fail: (error: ClientError) => void;
}

interface Around {
  /** Calls in their order. */
  readonly asked: Asked[];
  /** Messages that were announced as changed. */
  readonly changed: Message[];
  readonly pendingOf: () => readonly OutboxEntry[];
}

/** The dependencies of a handle of the conversation `c1` of the user `me`; its last message is 100. */
export function handleParts({ asked, changed, pendingOf }: Around): HandleParts {
  return {
    call: ((operation: { name: string }, input: Record<string, unknown>) =>
      new Promise((resolve, reject) => {
        asked.push({ name: operation.name, input, answer: resolve, fail: reject });
      })) as unknown as Client['call'],
    outbox: {
      add: () => ({ clientMessageId: 'x', acked: new Promise(() => undefined) }),
      retry: () => undefined,
      discard: () => undefined,
      pendingOf,
    },
    uploads: {
      add: () => Promise.reject(new Error('no files here')),
      of: () => new Cell<readonly UploadHandle[]>([]),
    },
    timers: new ManualTimers(),
    ownId: () => 'me',
    current: () => aConversation({ lastSeq: 100 }),
    isConfirmed: () => true,
    kept: () => null,
    paged: () => undefined,
    markRead: () => undefined,
    sendTyping: () => undefined,
    changed: (message) => changed.push(message),
    opened: () => undefined,
  };
}
