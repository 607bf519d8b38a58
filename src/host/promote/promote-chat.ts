import { join } from 'node:path';
import type { MongoDatabase } from '../../infra/mongo/mongo-database.ts';
import { movedFrom } from '../../promote/moving.ts';
import type { Promoted } from '../../promote/promotion.ts';
import { AppError, errorText } from '../../kernel/errors.ts';
import { createLogger } from '../../infra/telemetry/winston-logger.ts';
import { chatHomeAt, moveChat } from '../../modules/chat/module.ts';
import type { Config } from '../config.ts';
import { root } from '../root.ts';
import { readMovedFile } from './moved-file.ts';
import { embeddedOrigin, nobodyKnown, type Origin, requireTeam } from './origin.ts';
import { withoutSecrets } from '../../kernel/server-address.ts';
import { reportOn } from './report.ts';

type Print = (line: string) => void;

const logger = createLogger({ level: 'error', pretty: true });

/** `confab promote --to mongodb`: moves the conversations of a team out of its PostgreSQL while it is used. Answers the exit code. */
export async function promoteChat(config: Config, targetUrl: string, print: Print): Promise<number> {
  const origin = await originOf(config);
  try {
    await refuseMoved(origin);
    const mongo = await open(targetUrl);
    if (!mongo.isReplicated) print('This MongoDB is no replica set: what it acknowledged will lie on one disk.');
    const promoted = await move(origin, { mongo, targetUrl, print }).finally(() => mongo.close());
    const since = performance.now();
    if (origin.isServed)
      await origin.writers.release().catch((error: unknown) => {
        print(`The server did not go over by itself (${errorText(error)}); its next start does.`);
      });
    const overMs = Math.round(performance.now() - since);
    reportOn(promoted, { overMs, words: { rows: 'documents', tables: 'collections', copied: 'messages' } }).forEach(print);
    print(
      `The conversations live at ${withoutSecrets(targetUrl)} from now on; the PostgreSQL of the team says so to every start without MONGO_URL.`,
    );
    if (origin.isShared) print('Servers that run on this PostgreSQL go over within a second or two.');
    print('Everything else stays in PostgreSQL. The tables of the schema chat there take no more changes.');
    return 0;
  } finally {
    await origin.close();
  }
}

/** Where the conversations are: by DATABASE_URL, where the team has moved to, or embedded. */
async function originOf({ databaseUrl, dataDir }: Config): Promise<Origin> {
  const url = databaseUrl ?? (await readMovedFile(dataDir));
  if (url !== null) return { url, writers: nobodyKnown, isServed: false, isShared: true, close: () => undefined };
  await requireTeam(dataDir);
  return embeddedOrigin(dataDir, 'chat');
}

async function refuseMoved({ url }: Origin): Promise<void> {
  const moved = await movedFrom(url);
  if (moved !== null)
    throw new AppError('conflict', {
      detail: `The team has moved to ${withoutSecrets(moved)}: start the server once, and run the command again.`,
    });
  const home = await chatHomeAt(url);
  if (home?.store !== 'mongodb') return;
  const place = home.url === null ? 'MONGO_URL names where' : withoutSecrets(home.url);
  throw new AppError('conflict', { detail: `The conversations of this team are in MongoDB already: ${place}.` });
}

/** The driver is loaded only where it is wanted. */
async function open(url: string): Promise<MongoDatabase> {
  const { MongoDatabase } = await import('../../infra/mongo/mongo-database.ts');
  return MongoDatabase.connect(url, logger, { isPatient: true }).catch((cause: unknown) => {
    const reason = errorText(cause);
    throw new AppError('conflict', { detail: `The team cannot move there:\n  ${reason.replace('MONGO_URL', 'the address')}`, cause });
  });
}

const move = (
  { url, writers }: Origin,
  { mongo, targetUrl, print }: { mongo: MongoDatabase; targetUrl: string; print: Print },
): Promise<Promoted> =>
  moveChat({ sourceUrl: url, mongo, targetUrl, migrations: join(root, 'prisma', 'migrations'), writers, logger, print });
