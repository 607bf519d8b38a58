import type { Conversation } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { Client } from './client.ts';
import type { OpenConversation } from './conversation-handle.ts';
import type { KeptPage } from './options.ts';
import type { Outbox } from './outbox.ts';
import type { Timers } from './timers.ts';
import type { LaterUploads } from './uploads/later-uploads.ts';

/** What the handle of a conversation needs of the client. */
export interface HandleParts {
  readonly call: Client['call'];
  readonly outbox: Pick<Outbox, 'add' | 'retry' | 'discard' | 'pendingOf'>;
  readonly uploads: Pick<LaterUploads, 'add' | 'of'>;
  readonly timers: Timers;
  readonly ownId: () => string;
  readonly current: (id: string) => Conversation | null;
  readonly isConfirmed: (id: string) => boolean;
  /** The page that the device kept; null: none. */
  readonly kept: (id: string) => Promise<KeptPage | null> | null;
  readonly markRead: (id: string, seq: number) => void;
  readonly sendTyping: (id: string, typing: boolean) => void;
  readonly changed: (message: Message) => void;
  /** It reads a window of its own. */
  readonly opened: (handle: OpenConversation) => void;
  /** Its newest page was read. */
  readonly paged: (id: string) => void;
}
