import type { Clock } from '../../../kernel/clock.ts';
import { days } from '../../../kernel/clock.ts';
import type { PrismaTransaction } from '../../../infra/postgres/prisma.ts';
import { placesKeptMs } from '../domain/lockout.ts';
import type { NewSession, Place, PresentedToken, Revocation, Sessions, StoredSession, Succession } from '../ports.ts';

/** A used token presented later is refused without ending its family. */
const usedTokensKeptMs = days(7);
const listedAtMost = 200;
/** Tokens made from one, of which none was used yet. */
const siblingsAtMost = 8;
const addressesAtMost = 50;

/** Sessions and their refresh tokens in `auth.sessions` and `auth.refresh_tokens`. */
export class PrismaSessions implements Sessions {
  readonly #prisma: PrismaTransaction;
  readonly #clock: Clock;
  readonly #lifeMs: number;

  constructor(prisma: PrismaTransaction, { clock, lifeSeconds }: { clock: Clock; lifeSeconds: number }) {
    this.#prisma = prisma;
    this.#clock = clock;
    this.#lifeMs = lifeSeconds * 1000;
  }

  async open({ id, userId, device, address, refreshTokenHash, deviceHash }: NewSession): Promise<void> {
    const now = this.#at(0);
    await this.#prisma.session.createMany({
      data: { id, userId, device, address, deviceHash, createdAt: now, lastUsedAt: now, expiresAt: this.#at(this.#lifeMs) },
    });
    await this.#prisma.refreshToken.createMany({ data: { hash: refreshTokenHash, sessionId: id, createdAt: now } });
  }

  async present(tokenHash: string, sessionId: string | null): Promise<PresentedToken | null> {
    // A statement of its own: one that waits for a lock still reads as of its own start.
    await this.#prisma.$executeRaw`
      SELECT 1 FROM auth.sessions
      WHERE id = coalesce((SELECT session_id FROM auth.refresh_tokens WHERE hash = ${tokenHash}), ${sessionId}::uuid) FOR UPDATE`;
    const [row] = await this.#prisma.$queryRaw<PresentedToken[]>`
      SELECT s.id AS "sessionId", s.user_id AS "userId", s.revoked_reason AS "revokedReason", s.device_hash AS "deviceHash",
             (s.revoked_at IS NULL AND s.expires_at > ${this.#at(0)} AND u.active) AS "isAlive",
             t.hash IS NOT NULL AS "isKept", t.used_at AS "usedAt",
             (SELECT min(c.used_at) FROM auth.refresh_tokens c WHERE c.parent = t.parent AND c.hash <> t.hash) AS "siblingUsedAt",
             (SELECT min(c.used_at) FROM auth.refresh_tokens c WHERE c.parent = t.hash) AS "successorUsedAt"
      FROM auth.sessions s JOIN auth.users u ON u.id = s.user_id
      LEFT JOIN auth.refresh_tokens t ON t.hash = ${tokenHash} AND t.session_id = s.id
      WHERE s.id = coalesce((SELECT session_id FROM auth.refresh_tokens WHERE hash = ${tokenHash}), ${sessionId}::uuid)`;
    return row ?? null;
  }

  async succeed({ sessionId, tokenHash, successorHash }: Succession): Promise<void> {
    const now = this.#at(0);
    await this.#prisma.refreshToken.updateMany({ where: { hash: tokenHash, usedAt: null }, data: { usedAt: now } });
    await this.#makeWay(tokenHash);
    await this.#prisma.refreshToken.createMany({ data: { hash: successorHash, sessionId, parent: tokenHash, createdAt: now } });
    await this.#prisma.$executeRaw`
      DELETE FROM auth.refresh_tokens t USING auth.refresh_tokens used
      WHERE used.hash = ${tokenHash} AND t.session_id = ${sessionId}::uuid AND t.hash <> used.hash
        AND t.hash IS DISTINCT FROM used.parent AND t.parent IS DISTINCT FROM used.parent AND t.parent IS DISTINCT FROM used.hash`;
    await this.#prisma.session.updateMany({ where: { id: sessionId }, data: { lastUsedAt: now, expiresAt: this.#at(this.#lifeMs) } });
  }

  /** Removes the newest, not the oldest: repeating one token must not push out the tokens that others received. */
  async #makeWay(parent: string): Promise<void> {
    await this.#prisma.$executeRaw`
      DELETE FROM auth.refresh_tokens WHERE hash IN (
        SELECT hash FROM auth.refresh_tokens WHERE parent = ${parent} ORDER BY created_at, hash OFFSET ${siblingsAtMost - 1})`;
  }

  async noteReplay(sessionId: string, { address, device }: Place): Promise<void> {
    const data = { replayedAt: this.#at(0), replayedAddress: address, replayedDevice: device };
    await this.#prisma.session.updateMany({ where: { id: sessionId }, data });
  }

  async revoke(userId: string, { only, except, reason }: Revocation = {}): Promise<string[]> {
    const id = { ...(only === undefined ? {} : { equals: only }), ...(except === undefined ? {} : { not: except }) };
    const rows = await this.#prisma.session.updateManyAndReturn({
      where: { userId, revokedAt: null, id },
      data: { revokedAt: this.#at(0), revokedReason: reason ?? null },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }

  async list(userId: string): Promise<StoredSession[]> {
    const rows = await this.#prisma.session.findMany({
      where: { userId, ...this.#open() },
      orderBy: [{ lastUsedAt: 'desc' }, { id: 'asc' }],
      take: listedAtMost,
    });
    return rows.map(({ id, device, address, createdAt, lastUsedAt, expiresAt, ...row }) => ({
      ...{ id, device, address, createdAt, lastUsedAt, expiresAt },
      replayed: row.replayedAt && { at: row.replayedAt, address: row.replayedAddress ?? '', device: row.replayedDevice ?? '' },
    }));
  }

  countOpen(): Promise<number> {
    return this.#prisma.session.count({ where: this.#open() });
  }

  async stands(userId: string, sessionId: string): Promise<boolean> {
    return (await this.#prisma.session.count({ where: { id: sessionId, userId, ...this.#open() } })) > 0;
  }

  async places(userId: string, deviceHash: string | null): Promise<{ knowsDevice: boolean; addresses: readonly string[] }> {
    const [row] = await this.#prisma.$queryRaw<{ knowsDevice: boolean; addresses: string[] }[]>`
      SELECT EXISTS (SELECT 1 FROM auth.sessions WHERE user_id = ${userId}::uuid AND device_hash = ${deviceHash}) AS "knowsDevice",
             ARRAY (SELECT address FROM auth.sessions WHERE user_id = ${userId}::uuid
                    ORDER BY last_used_at DESC LIMIT ${addressesAtMost}) AS addresses`;
    return row ?? { knowsDevice: false, addresses: [] };
  }

  async sweep(): Promise<void> {
    const over = { lt: this.#at(-placesKeptMs) };
    const used = this.#at(-usedTokensKeptMs);
    await this.#prisma.session.deleteMany({ where: { OR: [{ expiresAt: over }, { revokedAt: over }] } });
    await this.#prisma.$executeRaw`
      DELETE FROM auth.refresh_tokens t WHERE t.used_at < ${used}
      AND EXISTS (SELECT 1 FROM auth.refresh_tokens c WHERE c.parent = t.hash AND c.used_at < ${used})`;
  }

  #open() {
    return { revokedAt: null, expiresAt: { gt: this.#at(0) } };
  }

  #at(offsetMs: number): Date {
    return new Date(this.#clock.now() + offsetMs);
  }
}
