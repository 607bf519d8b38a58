import type { Clock } from '../../../kernel/clock.ts';
import { days } from '../../../kernel/clock.ts';
import type { PrismaTransaction } from '../../../kernel/database/prisma.ts';
import type { NewSession, PresentedToken, Sessions, StoredSession } from '../ports.ts';

/** Ended sessions stay so long, so that the places they were opened from stay known. */
const placesKeptMs = days(30);
/** A used token presented later is refused without ending its family. */
const usedTokensKeptMs = days(7);
const listedAtMost = 200;
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

  async open({ id, userId, device, address, refreshTokenHash }: NewSession): Promise<void> {
    const now = this.#at(0);
    await this.#prisma.session.createMany({
      data: { id, userId, device, address, createdAt: now, lastUsedAt: now, expiresAt: this.#at(this.#lifeMs) },
    });
    await this.#prisma.refreshToken.createMany({ data: { hash: refreshTokenHash, sessionId: id, createdAt: now } });
  }

  async present(tokenHash: string): Promise<PresentedToken | null> {
    // A statement of its own: what one reads beside a lock it waited for is as old as its beginning.
    await this.#prisma.$executeRaw`
      SELECT 1 FROM auth.sessions WHERE id = (SELECT session_id FROM auth.refresh_tokens WHERE hash = ${tokenHash}) FOR UPDATE`;
    const [row] = await this.#prisma.$queryRaw<PresentedToken[]>`
      SELECT t.session_id AS "sessionId", s.user_id AS "userId", t.used_at AS "usedAt",
             (s.revoked_at IS NULL AND s.expires_at > ${this.#at(0)} AND u.active) AS "isAlive",
             (SELECT min(c.used_at) FROM auth.refresh_tokens c WHERE c.parent = t.hash) AS "successorUsedAt"
      FROM auth.refresh_tokens t JOIN auth.sessions s ON s.id = t.session_id JOIN auth.users u ON u.id = s.user_id
      WHERE t.hash = ${tokenHash}`;
    return row ?? null;
  }

  async succeed({
    sessionId,
    tokenHash,
    successorHash,
  }: {
    readonly sessionId: string;
    readonly tokenHash: string;
    readonly successorHash: string;
  }): Promise<void> {
    const now = this.#at(0);
    await this.#prisma.refreshToken.updateMany({ where: { hash: tokenHash, usedAt: null }, data: { usedAt: now } });
    await this.#prisma.refreshToken.createMany({
      data: { hash: successorHash, sessionId, parent: tokenHash, createdAt: now },
      skipDuplicates: true,
    });
    await this.#prisma.session.updateMany({ where: { id: sessionId }, data: { lastUsedAt: now, expiresAt: this.#at(this.#lifeMs) } });
  }

  async revoke(userId: string, { only, except }: { readonly only?: string; readonly except?: string } = {}): Promise<string[]> {
    const id = { ...(only === undefined ? {} : { equals: only }), ...(except === undefined ? {} : { not: except }) };
    const rows = await this.#prisma.session.updateManyAndReturn({
      where: { userId, revokedAt: null, id },
      data: { revokedAt: this.#at(0) },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }

  list(userId: string): Promise<StoredSession[]> {
    return this.#prisma.session.findMany({
      where: { userId, ...this.#open() },
      select: { id: true, device: true, address: true, createdAt: true, lastUsedAt: true, expiresAt: true },
      orderBy: [{ lastUsedAt: 'desc' }, { id: 'asc' }],
      take: listedAtMost,
    });
  }

  countOpen(): Promise<number> {
    return this.#prisma.session.count({ where: this.#open() });
  }

  async stands(userId: string, sessionId: string): Promise<boolean> {
    return (await this.#prisma.session.count({ where: { id: sessionId, userId, ...this.#open() } })) > 0;
  }

  async addresses(userId: string, device: string): Promise<string[]> {
    const rows = await this.#prisma.session.findMany({
      where: { userId, device },
      select: { address: true },
      orderBy: { lastUsedAt: 'desc' },
      take: addressesAtMost,
    });
    return rows.map(({ address }) => address);
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
