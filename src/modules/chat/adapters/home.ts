import type { Database } from '../../../kernel/database/database.ts';
import { AppError } from '../../../kernel/errors.ts';

type Store = 'postgresql' | 'mongodb';

/** A team that has said nothing yet may still move. */
const settle = `INSERT INTO chat.home AS h (store) VALUES ($1)
  ON CONFLICT (is_only) DO UPDATE SET store =
    CASE WHEN h.store = 'postgresql' AND NOT EXISTS (SELECT FROM chat.conversations) THEN excluded.store ELSE h.store END
  RETURNING store`;

const remedies: Readonly<Record<Store, string>> = {
  postgresql: 'The conversations of this team lie in PostgreSQL, and nothing moves them: start without MONGO_URL.',
  mongodb: 'The conversations of this team lie in MongoDB, and nothing moves them: give MONGO_URL.',
};

/** Throws where the conversations of this team live elsewhere: they would seem lost, and two nodes would go separate ways. */
export async function assertHome(database: Database, store: Store): Promise<void> {
  const [home] = await database.query<{ store: Store }>(settle, [store]);
  if (home && home.store !== store) throw new AppError('conflict', { detail: remedies[home.store] });
}
