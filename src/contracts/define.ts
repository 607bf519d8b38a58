import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** Who may call an operation over a transport. `internal` operations open on the bus alone. */
export type Access = 'public' | 'user' | 'admin' | 'owner' | 'internal';

/** The budget a call is charged to; the figures behind each name stand in `gateway/limits.ts`. */
export type LimitName = 'read' | 'picture' | 'write' | 'message' | 'signal' | 'search' | 'credentials' | 'invite';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpBinding {
  readonly method: HttpMethod;
  /** Below `/api/v1`, in Express syntax: `/conversations/:conversationId`. Path names are input keys. */
  readonly path: `/${string}`;
  /** Mounted at the origin's root instead, where a standard fixes the address. */
  readonly root?: true;
  /** Status of a success; 200 by default. 204 sends no body. */
  readonly status?: 200 | 201 | 202 | 204;
  /** What the answer does to the refresh cookie of a browser: `issue` sets it, `clear` removes it. */
  readonly session?: 'issue' | 'clear';
  /** Input key that is filled from the refresh cookie when the body lacks it. */
  readonly cookieField?: string;
  /** Input key that is filled from the device cookie of a browser, which is made where it lacks one. */
  readonly deviceField?: string;
}

export interface SocketBinding<O> {
  /** The command's name on the wire: `message:send`. */
  readonly command: string;
  /** Shape of `data` in the ack, where it differs from the operation's output. */
  readonly ack?: z.ZodType;
  readonly toAck?: (output: O) => unknown;
  /** Rooms of watched subjects the socket is moved to, in place of those it watched before. */
  readonly watch?: (output: O) => readonly string[];
}

export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'operation';
  /** `area.verbNoun`. */
  readonly name: string;
  readonly summary: string;
  readonly access: Access;
  readonly input: I;
  readonly output: O;
  readonly limit: LimitName;
  /** Codes beyond those every operation may answer. */
  readonly errors: readonly ErrorCode[];
  /**
   * The input key that names people, or `all`: what a guest of the team gets depends on whom they share a conversation with, and
   * the gateway puts these into the context of the call.
   */
  readonly people?: 'userId' | 'userIds' | 'all';
  readonly http?: HttpBinding;
  readonly socket?: SocketBinding<z.output<O>>;
  /** How long a caller waits before `deadline_exceeded`, ms. */
  readonly deadlineMs: number;
  /** It may wait in a queue until it is done (`CONFAB_INGEST`). Its input identifies it, so that a repeat has no second effect. */
  readonly queueable?: true;
}

export type Input<T> = T extends Operation<infer I> | Route<infer I> ? z.output<I> : never;
/** What a caller writes: defaults may be left out. */
export type RawInput<T> = T extends Operation<infer I> ? z.input<I> : never;
export type Output<T> = T extends Operation<z.ZodType, infer O> ? z.output<O> : never;

/**
 * What a route takes. `none`: nothing; `json` and `form` (URL-encoded): fields of its input; `multipart`, `raw` and `stream`: bytes, which the
 * handler reads from its `Request`.
 */
export type RouteBody = 'none' | 'json' | 'form' | 'multipart' | 'raw' | 'stream';

/** What a route answers with. */
export type RouteAnswer = 'json' | 'text' | 'html' | 'redirect' | 'stream';

/** An endpoint of the HTTP transport with another body or another answer than JSON: uploads, downloads, redirects, callbacks of providers. */
export interface Route<I extends z.ZodType = z.ZodType> {
  readonly kind: 'route';
  /** `area.verbNoun`. */
  readonly name: string;
  readonly summary: string;
  readonly access: Exclude<Access, 'internal'>;
  /** Names of the path, the query, and the fields of a `json` or `form` body. */
  readonly input: I;
  readonly http: { readonly method: HttpMethod; readonly path: `/${string}`; readonly root?: true };
  readonly body: RouteBody;
  /** The largest body, bytes. */
  readonly bodyBytes: number;
  /** Names of the parts of a `multipart` body that must hold a file. */
  readonly fileParts?: readonly string[];
  /** Its other parts. */
  readonly formFields?: z.ZodObject;
  /** Media types that a `raw` or `stream` body may have, as `image/*`; any by default. */
  readonly bodyTypes?: readonly string[];
  readonly answer: RouteAnswer;
  /** The media type of the answer, for the document; of a `stream` that may be anything `application/octet-stream`. */
  readonly answerType: string;
  /** Status of the answer where it is not 200 (of a redirect 303), for the document. */
  readonly status?: number;
  /** Shape of a `json` answer, for the document. */
  readonly output?: z.ZodType;
  /** Headers of the request that the handler reads, and what they mean, for the document. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** What `OPTIONS` at this path answers besides `Allow`, where a protocol says what a server can do. */
  readonly optionsHeaders?: Readonly<Record<string, string>>;
  /** Other statuses of the handler's own that are no problem, and what they mean, for the document. */
  readonly otherStatuses?: Readonly<Record<string, string>>;
  readonly limit: LimitName;
  /** Codes beyond those every route may answer. */
  readonly errors: readonly ErrorCode[];
  /** The input key of a link that `SignedLinks` made for this path: it stands in place of a bearer token, for as long as its session does. */
  readonly linkField?: string;
  /** How long nothing may happen before the answer begins, ms: no byte of the body arrives, or the handler says nothing after the last one. */
  readonly deadlineMs: number;
}

type RouteDraft<I extends z.ZodType> = Omit<Route<I>, 'kind' | 'body' | 'bodyBytes' | 'answerType' | 'limit' | 'errors' | 'deadlineMs'> &
  Partial<Pick<Route<I>, 'body' | 'bodyBytes' | 'answerType' | 'limit' | 'errors' | 'deadlineMs'>>;

const answerTypes: Readonly<Record<RouteAnswer, string>> = {
  json: 'application/json',
  text: 'text/plain',
  html: 'text/html',
  redirect: 'text/plain',
  stream: 'application/octet-stream',
};

/** Declares a route once. Throws where it takes a body and its method has none. */
export function route<I extends z.ZodType>(draft: RouteDraft<I>): Route<I> {
  const { method } = draft.http;
  const body = draft.body ?? 'none';
  if (body !== 'none' && (method === 'GET' || method === 'DELETE')) throw new Error(`${draft.name}: ${method} has no body.`);
  const limit = draft.limit ?? (method === 'GET' ? 'read' : 'write');
  const deadlineMs = body === 'stream' || body === 'multipart' ? 30_000 : 10_000;
  const made = { errors: [], deadlineMs, bodyBytes: body === 'none' ? 0 : 65_536, answerType: answerTypes[draft.answer], ...draft };
  return Object.freeze({ ...made, body, limit, kind: 'route' as const });
}

/** What is mounted on the HTTP transport, of either kind. */
export type Endpoint = Operation | Route;

type OperationDraft<I extends z.ZodType, O extends z.ZodType> = Omit<Operation<I, O>, 'kind' | 'limit' | 'errors' | 'deadlineMs'> &
  Partial<Pick<Operation<I, O>, 'limit' | 'errors' | 'deadlineMs'>>;

/** Declares an operation once; every transport is made from this. Pure: no transport, no handler. */
export function operation<I extends z.ZodType, O extends z.ZodType>(draft: OperationDraft<I, O>): Operation<I, O> {
  const limit = draft.limit ?? (draft.http?.method === 'GET' ? 'read' : 'write');
  return Object.freeze({ errors: [], deadlineMs: 10_000, ...draft, limit, kind: 'operation' as const });
}

/**
 * Whom an event reaches: everyone in a conversation, every device of a user, one signed-in device of theirs, one open connection, everyone
 * who watches a user.
 */
export type Audience =
  | { readonly conversation: string }
  | { readonly user: string }
  /** All connections of one session of this user. */
  | { readonly session: string; readonly of: string }
  /** One connection, by the id that `connections.holding` gives it. */
  | { readonly connection: string }
  | { readonly users: readonly string[] }
  | { readonly watchers: string }
  /** `about`: guests of the team get it where they may know of this person. */
  | { readonly everyone: true; readonly about: string };

export interface ClientEvent<P> {
  /** The event's name on the wire: `message:created`. */
  readonly name: string;
  /** Shape of the frame, where it differs from the payload. */
  readonly schema?: z.ZodType;
  readonly audience: (payload: P) => Audience;
  /** Payload of the frame, where it differs from the event's. */
  readonly present?: (payload: P) => unknown;
}

/** Effect of an event on the sockets of users, applied before the event itself is sent. */
export interface Movement {
  readonly userIds: readonly string[];
  readonly conversationId: string;
  readonly as: 'member' | 'stranger';
}

export interface EventDeclaration<P extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  /** `area.nounVerbed` for domain events, `area.verbing` for signals. */
  readonly name: string;
  readonly summary: string;
  /** `event`: at least once per subscriber, through the outbox. `signal`: at most once, droppable. */
  readonly delivery: 'event' | 'signal';
  /** Its subscribers keep it where all nodes read it, or it concerns one node only: a node with a subscriber does not send it to other nodes. */
  readonly localOnly?: true;
  readonly payload: P;
  /** What browsers and bots get of it; several frames may come of one event. */
  readonly clients: readonly ClientEvent<z.output<P>>[];
  readonly moves?: (payload: z.output<P>) => readonly Movement[];
  /** Sessions whose sockets get `session:revoked` and are closed. */
  readonly revokes?: (payload: z.output<P>) => Revocation | null;
  /** Users whose cached role and state are stale from now on. */
  readonly touches?: (payload: z.output<P>) => readonly string[];
  /** Conversation and the rev that the event made, for head checks. */
  readonly head?: (payload: z.output<P>) => { conversationId: string; rev: number };
}

export interface Revocation {
  readonly userId: string;
  /** Absent: every session of the user. */
  readonly sessionIds?: readonly string[];
  readonly reason: string;
}

export type Payload<T> = T extends EventDeclaration<infer P> ? z.output<P> : never;

type EventDraft<P extends z.ZodType> = Omit<EventDeclaration<P>, 'kind' | 'clients'> & Partial<Pick<EventDeclaration<P>, 'clients'>>;

/** Declares an event once. Contracts only grow: fields are added, never renamed or removed. */
export function event<P extends z.ZodType>(draft: EventDraft<P>): EventDeclaration<P> {
  return Object.freeze({ clients: [], ...draft, kind: 'event' as const });
}

/**
 * A frame between the gateway and one connection, which no event or operation of a module makes. `sent`: the server sends it.
 * `command`: the client sends it, and gets an ack with data of `ack`.
 */
export type Frame<P extends z.ZodType = z.ZodType> = {
  readonly kind: 'frame';
  /** The name on the wire: `session:expired`. */
  readonly name: string;
  readonly summary: string;
  readonly payload: P;
} & ({ readonly direction: 'sent' } | { readonly direction: 'command'; readonly ack: z.ZodType });

type FrameDraft<P extends z.ZodType> = Pick<Frame<P>, 'name' | 'summary' | 'payload'>;

/** Declares a frame that the server sends. */
export const sentFrame = <P extends z.ZodType>(draft: FrameDraft<P>): Frame<P> & { readonly direction: 'sent' } =>
  Object.freeze({ ...draft, kind: 'frame' as const, direction: 'sent' as const });

/** Declares a command that the gateway answers itself. */
export const commandFrame = <P extends z.ZodType, A extends z.ZodType>(
  draft: FrameDraft<P> & { readonly ack: A },
): Frame<P> & { readonly direction: 'command'; readonly ack: A } =>
  Object.freeze({ ...draft, kind: 'frame' as const, direction: 'command' as const });

/** A choice of one person that holds on all of their devices. The area that reads it declares it in its `user-settings.ts`. */
export interface UserSetting<K extends string = string, S extends z.ZodType = z.ZodType> {
  readonly kind: 'userSetting';
  /** `area.name`; it is stored, so it is never renamed. */
  readonly key: K;
  readonly summary: string;
  /** Takes no null: in a change, null stands for the default. */
  readonly schema: S;
  readonly default: z.output<S>;
}

/** Declares a setting of each person. */
export const userSetting = <const K extends `${string}.${string}`, S extends z.ZodType>(
  draft: Omit<UserSetting<K, S>, 'kind'>,
): UserSetting<K, S> => Object.freeze({ ...draft, kind: 'userSetting' as const });

/** Settings of the team that an admin changes while the server runs; each takes effect at once on every node. */
export interface TeamSettings<S extends TeamSettingsSchema = TeamSettingsSchema> {
  readonly kind: 'teamSettings';
  /** By names that no other area uses: together they are one object on the wire and in the database. */
  readonly schema: S;
  /** What holds until an admin, or the configuration at the first start, says otherwise. */
  readonly defaults: z.output<S>;
}
type TeamSettingsSchema = z.ZodObject<Readonly<Record<string, z.ZodType>>, z.core.$strict>;

export type SettingsOf<T> = T extends TeamSettings<infer S> ? z.output<S> : never;

/** Declares the settings that one area reads, in its `team-settings.ts`. */
export const teamSettings = <S extends TeamSettingsSchema>(schema: S, defaults: z.output<S>): TeamSettings<S> =>
  Object.freeze({ kind: 'teamSettings' as const, schema, defaults });
