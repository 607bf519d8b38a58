import type { Clock } from '../../../kernel/clock.ts';
import type { PrismaTransaction } from '../../../infra/postgres/prisma.ts';
import type { StoredUserSettings, UserSettingRows } from '../ports.ts';

/** Settings of people in `auth.user_settings`, one row per key; their `rev` is in `auth.users`. */
export class PrismaUserSettings implements UserSettingRows {
  readonly #prisma: PrismaTransaction;
  readonly #clock: Clock;

  constructor(prisma: PrismaTransaction, clock: Clock) {
    this.#prisma = prisma;
    this.#clock = clock;
  }

  /** One statement, so that `rev` and the values are of the same moment. */
  async read(userId: string): Promise<StoredUserSettings | null> {
    const [row] = await this.#prisma.$queryRaw<StoredUserSettings[]>`
      SELECT u.settings_rev AS rev,
             coalesce((SELECT jsonb_object_agg(s.key, s.value) FROM auth.user_settings s WHERE s.user_id = u.id), '{}') AS values
      FROM auth.users u WHERE u.id = ${userId}::uuid`;
    return row ?? null;
  }

  async chosenBy(userIds: readonly string[]): Promise<ReadonlyMap<string, StoredUserSettings['values']>> {
    const rows = await this.#prisma.$queryRaw<{ userId: string; values: StoredUserSettings['values'] }[]>`
      SELECT user_id AS "userId", jsonb_object_agg(key, value) AS values FROM auth.user_settings
      WHERE user_id = ANY(${[...userIds]}::uuid[]) GROUP BY user_id`;
    return new Map(rows.map(({ userId, values }) => [userId, values]));
  }

  async change(userId: string, change: Readonly<Record<string, unknown>>): Promise<StoredUserSettings | null> {
    // First: the row of the account stays locked until the transaction ends.
    await this.#prisma.user.updateMany({ where: { id: userId }, data: { settingsRev: { increment: 1 } } });
    const entries = Object.entries(change);
    const forgotten = entries.filter(([, value]) => value === null).map(([key]) => key);
    if (forgotten.length > 0) await this.#prisma.userSetting.deleteMany({ where: { userId, key: { in: forgotten } } });
    await this.#put(userId, Object.fromEntries(entries.filter(([, value]) => value !== null)));
    return this.read(userId);
  }

  async #put(userId: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#prisma.$executeRaw`
      INSERT INTO auth.user_settings (user_id, key, value, changed_at)
      SELECT u.id, chosen.key, chosen.value, ${new Date(this.#clock.now())}
      FROM auth.users u, jsonb_each(${JSON.stringify(values)}::jsonb) chosen WHERE u.id = ${userId}::uuid
      ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`;
  }
}
