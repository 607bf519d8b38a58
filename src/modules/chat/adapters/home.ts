import type { Database } from '../../../kernel/database.ts';
import { whileAnswering } from '../../../infra/postgres/embedded/brief-client.ts';
import type { SourceLock } from '../../../promote/source-lock.ts';
import { refuseWriters } from '../../../promote/moved-record.ts';
import type { DocumentDatabase } from '../../../kernel/document-database.ts';
import { AppError } from '../../../kernel/errors.ts';
import { MoveNotes } from './promote/target.ts';

type Store = 'postgresql' | 'mongodb';

/** Where the conversations of a team live. */
export interface Home {
  readonly store: Store;
  /** Of conversations that were moved to MongoDB: its address then, and the name of the copy that is theirs. */
  readonly url: string | null;
  readonly copy: string | null;
}

/** A team that has said nothing yet may still move. */
const settle = `INSERT INTO chat.home AS h (store) VALUES ($1)
  ON CONFLICT (is_only) DO UPDATE SET store =
    CASE WHEN h.store = 'postgresql' AND NOT EXISTS (SELECT FROM chat.conversations) THEN excluded.store ELSE h.store END
  RETURNING store, url, copy`;

const remedies: Readonly<Record<Store, string>> = {
  postgresql:
    'The conversations of this team lie in PostgreSQL: start without MONGO_URL. To move them to MongoDB, run: confab promote --to mongodb.',
  mongodb: 'The conversations of this team lie in MongoDB, and nothing moves them: give MONGO_URL.',
};

/** Throws where the conversations of this team live elsewhere: they would seem lost, and two nodes would go separate ways. */
export async function assertHome(database: Database, mongo: DocumentDatabase | null): Promise<void> {
  const store = mongo ? 'mongodb' : 'postgresql';
  const [home] = await database.query<Home & Record<string, unknown>>(settle, [store]);
  if (home && home.store !== store) throw new AppError('conflict', { detail: remedies[home.store] });
  if (home && mongo) await assertCopy(home, new MoveNotes(mongo));
}

/** What was moved is known by its name: a copy that never came to its end, and the address of another one, lack what was said since. */
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

/** The same as a running server asks. */
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
    // A start asks there where to go, and writes that it did.
    await refuseWriters(
      on,
      tables.filter((table) => table !== 'chat.home'),
      'confab_chat_moved',
    );
  });
