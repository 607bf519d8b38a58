import type { Role } from '../../../contracts/auth/accounts.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { PrismaClient, PrismaTransaction } from '../../../infra/postgres/prisma.ts';
import type { Invites, StoredInvite } from '../ports.ts';

type Row = Omit<StoredInvite, 'role' | 'inviter'> & {
  readonly role: string;
  readonly inviter: Omit<StoredInvite['inviter'], 'role'> & { readonly role: string };
};

const listedAtMost = 500;
const withInviter = { inviter: { select: { id: true, displayName: true, role: true, active: true } } } as const;

/** Invites in `auth.invites`. */
export class PrismaInvites implements Invites {
  readonly #prisma: PrismaTransaction | PrismaClient;
  readonly #clock: Clock;

  constructor(prisma: PrismaTransaction | PrismaClient, clock: Clock) {
    this.#prisma = prisma;
    this.#clock = clock;
  }

  async insert(invite: Omit<StoredInvite, 'uses' | 'createdAt' | 'inviter'>): Promise<StoredInvite> {
    const row = await this.#prisma.invite.create({
      data: { ...invite, conversationIds: [...invite.conversationIds], createdAt: this.#now() },
      include: withInviter,
    });
    return toInvite(row);
  }

  async find(code: string): Promise<StoredInvite | null> {
    if (!isCode(code)) return null;
    const row = await this.#prisma.invite.findFirst({ where: { code, ...this.#opens() }, include: withInviter });
    return row && toInvite(row);
  }

  /** One statement decides and counts, so that takers at the same time cannot both get the last use. */
  async take(code: string): Promise<StoredInvite | null> {
    if (!isCode(code)) return null;
    const taken = await this.#prisma.$executeRaw`
      UPDATE auth.invites SET uses = uses + 1
      WHERE code = ${code} AND (max_uses IS NULL OR uses < max_uses) AND (expires_at IS NULL OR expires_at > ${this.#now()})`;
    if (taken === 0) return null;
    const row = await this.#prisma.invite.findUnique({ where: { code }, include: withInviter });
    return row && toInvite(row);
  }

  async list(by?: { readonly createdBy: string }): Promise<StoredInvite[]> {
    const rows = await this.#prisma.invite.findMany({
      where: { ...by, ...this.#opens() },
      include: withInviter,
      orderBy: { createdAt: 'desc' },
      take: listedAtMost,
    });
    return rows.map(toInvite);
  }

  async delete(code: string): Promise<void> {
    await this.#prisma.invite.deleteMany({ where: { code } });
  }

  #opens() {
    const { maxUses } = this.#prisma.invite.fields;
    return {
      AND: [{ OR: [{ maxUses: null }, { uses: { lt: maxUses } }] }, { OR: [{ expiresAt: null }, { expiresAt: { gt: this.#now() } }] }],
    };
  }

  #now(): Date {
    return new Date(this.#clock.now());
  }
}

const toInvite = ({ role, inviter, ...row }: Row): StoredInvite => ({
  ...row,
  role: role as Role,
  inviter: { ...inviter, role: inviter.role as Role },
});

/** Anything else cannot be a code, and some of it PostgreSQL could not even compare. */
const isCode = (code: string): boolean => /^[\w-]{1,128}$/.test(code);
