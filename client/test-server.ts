import type { Conversation } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import { defaultUserSettings } from '../src/contracts/user-setting-values.ts';
import type { Change } from './change.ts';
import { offline } from './client-error.ts';
import { aConversation, LogOfServer } from './test-log.ts';
import type { Timers } from './timers.ts';
import type { OpenWire, WireHandlers } from './wire.ts';

export const conversationId = '00000000-0000-4000-8000-000000000001';
const ownId = '00000000-0000-4000-8000-00000000000a';
const peerId = '00000000-0000-4000-8000-00000000000b';
const pageLimit = 5;
const replyMs = 20;

/** A server with one conversation, behind a network whose faults a test chooses. */
export class FlakyServer {
  readonly log = new LogOfServer();
  /** Whose session the browser has. */
  userId = ownId;
  /** The person is in the conversation. */
  isMember = true;
  /** There is a session to be restored. */
  hasSession = true;
  /** What HTTP calls wait for before they are answered. */
  hold: Promise<void> | null = null;
  /** How many of the next events, and of the next acks, are lost on their way. */
  eventsToLose = 0;
  acksToLose = 0;
  readonly #timers: Timers;
  #open: WireHandlers | null = null;
  #emitted = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  readonly openWire: OpenWire = (_at, handlers) => {
    const opening = this.#timers.after(replyMs, () => {
      this.#open = handlers;
      handlers.opened();
    });
    return {
      emit: (command, payload, answered) => {
        if (this.#open === handlers) this.#take(handlers, command, payload, answered);
      },
      close: () => {
        opening();
        if (this.#open === handlers) this.#open = null;
      },
    };
  };

  readonly fetch = async (input: string | URL | Request, { body }: RequestInit = {}): Promise<Response> => {
    const url = new URL(input as string);
    if (!url.pathname.includes('/auth/')) await this.hold;
    if (url.pathname.endsWith('/sync')) {
      const { revs } = JSON.parse(body as string) as { revs: Record<string, number> };
      return Response.json(this.#sync(revs));
    }
    if (url.pathname.endsWith('/auth/refresh') && !this.hasSession) {
      const problem = { type: 'about:blank', title: 'no', status: 401, code: 'unauthenticated' };
      return Response.json(problem, { status: 401 });
    }
    if (/\/auth\/(login|refresh)$/.test(url.pathname)) {
      const user = { id: this.userId, username: 'me', displayName: 'Me', avatarUrl: null, role: 'member', active: true, createdAt: '' };
      return Response.json({ user, accessToken: 'a', expiresIn: 86_400, refreshToken: 'r' });
    }
    if (url.pathname.endsWith('/me/settings')) return Response.json({ rev: 0, settings: defaultUserSettings });
    if (url.pathname.endsWith('/notifications')) return Response.json({ items: [], nextCursor: null, unread: 0 });
    if (url.pathname.endsWith('/notifications/preferences')) return Response.json({ rev: 0, preferences: {}, conversations: [] });
    if (url.pathname.endsWith('/members')) return Response.json({ items: [{ userId: peerId, role: 'member' }], nextCursor: null });
    if (url.pathname.includes('/users/'))
      return Response.json({ id: url.pathname.split('/').at(-1), displayName: 'Met by the former person' });
    return Response.json(this.#history(url.searchParams));
  };

  peerSays(): void {
    this.#append({ senderId: peerId });
  }

  edit(index: number): void {
    this.log.edit(index);
    this.#emit();
  }

  react(index: number): void {
    this.log.react(index);
    this.#emit();
  }

  cut(): void {
    const handlers = this.#open;
    this.#open = null;
    handlers?.closed(offline('cut'));
  }

  /** The heartbeat that names heads. */
  beat(): void {
    this.#open?.event('conversation:heads', { heads: { [conversationId]: this.log.rev } });
  }

  get othersTexts(): string[] {
    return this.log.messages.filter(({ senderId }) => senderId === peerId).map(({ id }) => id);
  }

  #append(over: Partial<Message>): Message {
    const message = this.log.append({ conversationId, ...over });
    this.#emit();
    return message;
  }

  #emit(): void {
    for (const event of this.log.events.slice(this.#emitted)) {
      if (this.eventsToLose > 0) this.eventsToLose--;
      else this.#open?.event(...frameOf(event));
    }
    this.#emitted = this.log.events.length;
  }

  #take(handlers: WireHandlers, command: string, payload: unknown, answered: (ack: unknown) => void): void {
    const data = this.#perform(command, payload);
    if (command === 'message:send' && this.acksToLose > 0) {
      this.acksToLose--;
      return;
    }
    this.#timers.after(replyMs, () => {
      if (this.#open === handlers) answered({ ok: true, data });
    });
  }

  #perform(command: string, payload: unknown): unknown {
    if (command === 'sync') return this.#sync((payload as { revs: Record<string, number> }).revs);
    if (command !== 'message:send') return {};
    const { clientMessageId, text } = payload as { clientMessageId: string; text: string };
    const first = this.log.messages.find((message) => message.clientMessageId === clientMessageId);
    return first ?? this.#append({ senderId: ownId, clientMessageId, text });
  }

  #sync(revs: Record<string, number>): unknown {
    const nothing = { conversations: [], removed: Object.keys(revs), changes: {}, reads: {}, muted: [], cursor: null, more: false };
    if (!this.isMember) return nothing;
    const known = revs[conversationId];
    const page = known === undefined || known === this.log.rev ? null : this.log.page(known, pageLimit);
    return {
      conversations: known === this.log.rev ? [] : [this.#conversation()],
      removed: [],
      changes: page ? { [conversationId]: { ...page, reset: false } } : {},
      reads: { [conversationId]: 0 },
      muted: [],
      cursor: null,
      more: page?.more ?? false,
    };
  }

  #conversation(): Conversation {
    const { rev, messages } = this.log;
    return aConversation({
      id: conversationId,
      rev,
      lastSeq: messages.length,
      lastMessage: messages.at(-1) ?? null,
      unread: messages.length,
    });
  }

  #history(query: URLSearchParams): { items: Message[]; hasMore: boolean } {
    const after = query.get('afterSeq');
    const limit = Number(query.get('limit'));
    const found = this.log.messages.filter(({ seq }) => after === null || seq > Number(after));
    return { items: after === null ? found.slice(-limit) : found.slice(0, limit), hasMore: found.length > limit };
  }
}

function frameOf(event: Change): [string, unknown] {
  if (event.kind === 'reactions') {
    const { kind: _kind, ...payload } = event;
    return ['reaction:changed', { conversationId, ...payload }];
  }
  if (event.kind === 'message') return ['message:created', { message: event.message }];
  throw new Error(`no frame for ${event.kind}`);
}
