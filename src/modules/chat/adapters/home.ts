import type { Database } from '../../../kernel/database.ts';
import { whileAnswering } from '../../../infra/postgres/embedded/brief-client.ts';
import type { SourceLock } from '../../../promote/source-lock.ts';
import { refuseWriters } from '../../../promote/moved-record.ts';
import type { DocumentDatabase } from '../../../kernel/document-database.ts';
import { AppError } from '../../../kernel/errors.ts';
import { MoveNotes } from './promote/target.ts';

type Store = 'postgresql' | 'mongodb';

/** Which database holds the conversations of a team. */
export interface Home {
  readonly store: Store;
  /** After a move to MongoDB: the address it had then, and the name of the copy. */
  readonly url: string | null;
  readonly copy: string | null;
}

/** A team without messages may still change its database. */
const settle = `INSERT INTO chat.home AS h (store) VALUES ($1)
  ON CONFLICT (is_only) DO UPDATE SET store =
    CASE WHEN h.store = 'postgresql' AND NOT EXISTS (SELECT FROM chat.conversations) THEN excluded.store ELSE h.store END
  RETURNING store, url, copy`;

const remedies: Readonly<Record<Store, string>> = {
  postgresql:
    'The conversations of this team lie in PostgreSQL: start without MONGO_URL. To move them to MongoDB, run: confab promote --to mongodb.',
  mongodb: 'The conversations of this team lie in MongoDB, and nothing moves them: give MONGO_URL.',
};

/** Throws where another database holds the conversations of this team: they would seem lost, and two nodes would write to two databases. */
export async function assertHome(database: Database, mongo: DocumentDatabase | null): Promise<void> {
  const store = mongo ? 'mongodb' : 'postgresql';
  const [home] = await database.query<Home & Record<string, unknown>>(settle, [store]);
  if (home && home.store !== store) throw new AppError('conflict', { detail: remedies[home.store] });
  if (home && mongo) await assertCopy(home, new MoveNotes(mongo));
}

/** Compares the name of the copy: an unfinished copy, or one at another address, lacks the messages written since. */
async function assertCopy({ copy }: Home, notes: MoveNotes): Promise<void> {
  const marker = await notes.marker();
  if (copy !== null && marker?.copy !== copy)
    throw new AppError('conflict', {
      detail: 'The conversations of this team were moved to another MongoDB than this one: correct MONGO_URL, or start without it.',
    });
  if (copy === null && marker?.isFinished === false)
    throw new AppError('conflict', {
      detail:
        'The MongoDB of MONGO_URL holds the unfinished copy of a team’s conversations: name another database, or start without MONGO_URL and finish it by confab promote --to mongodb.',
    });
  if (marker?.isFinished === false) await notes.finish();
}

/** The same check for a running server. */
export async function storeOf(database: Database): Promise<Store | null> {
  const [home] = await database.query<{ store: Store }>('SELECT store FROM chat.home', [], 'chat.home');
  return home?.store ?? null;
}

/** Where the conversations of the team at this PostgreSQL live; null before its first start. Throws when it does not answer. */
export async function homeAt(databaseUrl: string): Promise<Home | null> {
  let home: Home | null = null;
  const answered = await whileAnswering(databaseUrl, async (client) => {
    const { rows: made } = await client.query(
      `SELECT FROM information_schema.columns WHERE table_schema = 'chat' AND table_name = 'home' AND column_name = 'copy'`,
    );
    if (made.length > 0) home = (await client.query<Home>('SELECT store, url, copy FROM chat.home')).rows[0] ?? null;
  });
  if (!answered) throw new AppError('unavailable', { detail: 'The database cannot be reached just now.', retryAfter: 1 });
  return home;
}

/** Under a lock on all of chat: from this one commit on its tables refuse every writer and say where the conversations are. */
export const leaveFor = (
  lock: SourceLock,
  { url, copy, tables }: { url: string; copy: string; tables: readonly string[] },
): Promise<void> =>
  lock.commit(async (on) => {
    await on.query(
      `INSERT INTO chat.home (store, url, copy) VALUES ('mongodb', $1, $2)
       ON CONFLICT (is_only) DO UPDATE SET store = excluded.store, url = excluded.url, copy = excluded.copy`,
      [url, copy],
    );
    // At its start a server reads this marker, connects to the database it names, and records that it did.
    await refuseWriters(
      on,
      tables.filter((table) => table !== 'chat.home'),
      'confab_chat_moved',
    );
  });
