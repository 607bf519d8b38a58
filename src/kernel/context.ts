import type { Role } from '../contracts/auth/entities.ts';
import { AppError } from './errors.ts';
import { newId } from './ids.ts';

/** A verified person on a verified session. */
export interface Actor {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
}

export type Door = 'http' | 'socket' | 'bus' | 'cli';

/** Who asks, by which door, and how long they wait. Plain values: it crosses process borders. */
export interface Context {
  readonly requestId: string;
  readonly actor: Actor | null;
  readonly door: Door;
  /** The caller's address as the trusted proxies tell it; empty inside the house. */
  readonly address: string;
  /** The caller's `User-Agent`, cut to 200 characters. */
  readonly device: string;
  /** The socket the command came by. */
  readonly connectionId: string | null;
  /** Unix milliseconds after which nobody waits for the answer. */
  readonly deadline: number;
  /** Set once a row of the audit log was written for this call: what a team role alone allows may be done. */
  readonly isAudited?: true;
}

/** A context for work the house does by itself. */
export const houseContext = (door: Door = 'bus', waitMs = 10_000): Context => ({
  requestId: newId(),
  actor: null,
  door,
  address: '',
  device: '',
  connectionId: null,
  deadline: Date.now() + waitMs,
});

export function requireActor(context: Context): Actor {
  if (!context.actor) throw new AppError('unauthenticated', { detail: 'Sign in first.' });
  return context.actor;
}
