import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { getKeys } from '../contracts/auth/keys.ts';
import { readSessions } from '../contracts/auth/sessions.ts';
import type { Role, User } from '../contracts/auth/accounts.ts';
import { implement } from '../kernel/bus/bus.ts';
import { MemoryBus } from '../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../infra/memory/memory-deliveries.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Actor } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { silentLogger } from '../kernel/telemetry/logger.ts';

export const issuer = 'https://chat.example.org';

interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A clock that the test advances. */
export class HeldClock implements Clock {
  #now = Date.now();
  #passed = 0;
  now = (): number => this.#now;
  timestamp = (): string => new Date(this.#now).toISOString();
  monotonic = (): number => this.#passed;
  pass(ms: number): void {
    this.#now += ms;
    this.#passed += ms;
  }
  /** The wall clock is set, and no time passes. */
  jump(ms: number): void {
    this.#now += ms;
  }
}

/** What the gateway needs of the rest of the app: a bus on which sessions and keys are answered from memory. */
export class PipelineFixture {
  readonly bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger, strict: true });
  readonly clock = new HeldClock();
  /** Sessions that stand. */
  readonly actors = new Map<string, Actor>();
  readonly keys: Key[] = [newKey()];
  /** How often each was asked for. */
  readonly asked = { keys: 0, sessions: 0 };

  constructor() {
    this.bus.serve(
      implement(getKeys, () => {
        this.asked.keys++;
        return { keys: this.keys.map(({ kid, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' })) };
      }),
    );
    this.bus.serve(
      implement(readSessions, ({ sessionIds }) => {
        this.asked.sessions++;
        return { items: sessionIds.map((id) => this.actors.get(id) ?? null) };
      }),
    );
  }

  /** A person on a session that stands. */
  signIn(role: Role = 'member', userId: string = newId()): Actor {
    const actor = { userId, sessionId: newId(), role };
    this.actors.set(actor.sessionId, actor);
    return actor;
  }

  /** An access token as the app makes it, but for what is changed. */
  token({ userId, sessionId }: Actor, { claims = {}, header = {}, key = this.keys[0] }: TokenChanges = {}): string {
    if (!key) throw new Error('no key');
    const now = Math.floor(this.clock.now() / 1000);
    const payload = { iss: issuer, aud: 'confab', sub: userId, sid: sessionId, iat: now, exp: now + 900, ...claims };
    return jwt.sign(payload, key.privateKey, { algorithm: 'ES256', header: { alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header } });
  }
}

interface TokenChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, string>>;
  readonly key?: Key;
}

export const newKey = (): Key => ({ kid: newId(), ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) });

/** A person as an operation answers them. */
export const user = (id: string, role: Role = 'member'): User => ({
  id,
  username: 'ana',
  displayName: 'Ana',
  avatarUrl: null,
  role,
  active: true,
  createdAt: '2026-01-31T12:00:00.000Z',
});
