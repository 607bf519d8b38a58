import type { Role } from '../contracts/auth/accounts.ts';
import { systemClock } from './clock.ts';
import { AppError } from './errors.ts';
import { newId } from './ids.ts';

/** A verified person on a verified session. */
export interface Actor {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
}

export type Transport = 'http' | 'socket' | 'bus' | 'cli';

/** Who asks, by which transport, and how long they wait. Plain values: it crosses process borders. */
export interface Context {
  readonly requestId: string;
  readonly actor: Actor | null;
  readonly transport: Transport;
  /** The caller's address as the trusted proxies give it; empty inside the app. */
  readonly address: string;
  /** The caller's `User-Agent`, cut to 200 characters. */
  readonly device: string;
  /** The socket the command came by. */
  readonly connectionId: string | null;
  /** By the monotonic clock of this process: when the caller gives up. A call to another process says it by the wall clock. */
  readonly deadline: number;
  /** Set once a row of the audit log was written for this call: what a team role alone allows may be done. */
  readonly isAudited?: true;
  /**
   * Where the actor is a guest of the team, set by the gateway for operations that speak of people: those whom the actor shares a
   * conversation with, as of this call; of an operation that names people, those of them alone.
   */
  readonly people?: readonly string[];
}

/** A context for work the app does by itself. */
export const systemContext = (transport: Transport = 'bus', waitMs = 10_000): Context => ({
  requestId: newId(),
  actor: null,
  transport,
  address: '',
  device: '',
  connectionId: null,
  deadline: systemClock.monotonic() + waitMs,
});

export function requireActor(context: Context): Actor {
  if (!context.actor) throw new AppError('unauthenticated', { detail: 'Sign in first.' });
  return context.actor;
}

/** Whom the actor may see; null: everybody. A guest of whom nothing is known sees themselves alone. */
export function visiblePeople({ actor, people = [] }: Pick<Context, 'actor' | 'people'>): ReadonlySet<string> | null {
  return actor?.role === 'guest' ? new Set([actor.userId, ...people]) : null;
}
