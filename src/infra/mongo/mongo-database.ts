import { type Connection, type ConnectOptions, createConnection, Schema, type SchemaDefinition } from 'mongoose';
import { AppError, errorText } from '../../kernel/errors.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { DocumentDatabase, Index, Plain } from '../../kernel/document-database.ts';
import { MongoCollection } from './mongo-collection.ts';
import { fromMongo } from './mongo-failures.ts';
import { ServerChecks } from './server-checks.ts';
import { within } from '../../kernel/sleep.ts';
import { withoutSecrets } from '../../kernel/server-address.ts';
import { addressOf } from './mongo-url.ts';

const options = {
  // An acknowledged change is in the journals of a majority, whatever the address says.
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
  readPreference: 'primary',
  // While the server is away, calls fail after a few seconds, and nothing is queued for it.
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  // One that falls silent is asked so often, and given up with everything under way when it does not answer.
  heartbeatFrequencyMS: 2_000,
  waitQueueTimeoutMS: 5_000,
  socketTimeoutMS: 20_000,
  bufferCommands: false,
  maxPoolSize: 20,
  autoIndex: false,
  autoCreate: false,
} satisfies ConnectOptions;

/** A copy that nobody waits for has time: a server that is busy with it is not away. */
const patient = {
  ...options,
  connectTimeoutMS: 30_000,
  serverSelectionTimeoutMS: 10_000,
  socketTimeoutMS: 120_000,
} satisfies ConnectOptions;

/** Longer than any check of a server by the driver takes that ends: connecting, the first question, and the pause before it. */
const stuckAfterMs = 2 * options.connectTimeoutMS + options.heartbeatFrequencyMS + 5_000;
const lookEveryMs = 1_000;
const closeWithinMs = 5_000;

interface ConnectChoices {
  readonly isPatient?: boolean;
  readonly stuckAfterMs?: number;
}

/** One MongoDB server or replica set. It must be there at the start; lost later, its connections come back by themselves. */
export class MongoDatabase implements DocumentDatabase {
  readonly isReplicated: boolean;
  readonly #connection: Connection;
  readonly #checks = new ServerChecks();
  readonly #reopen: () => Promise<unknown>;
  #watch: NodeJS.Timeout | null = null;
  #reopening: Promise<void> | null = null;

  /** Rejects with `unavailable`, naming the server and the setting, when it does not answer. */
  static async connect(url: string, logger: Logger, choices: ConnectChoices = {}): Promise<MongoDatabase> {
    const chosen = choices.isPatient ? patient : options;
    const connection = createConnection(addressOf(url), chosen);
    try {
      await connection.asPromise();
      const isReplicated = await hasReplicaSet(connection);
      if (!isReplicated)
        logger.warn(
          'MongoDB (MONGO_URL) is no replica set: what it acknowledged lies on one disk, and nothing takes over when it fails. Make it one, of one member at least',
          { event: 'mongo.no_replica_set', server: withoutSecrets(url) },
        );
      watch(connection, withoutSecrets(url), logger);
      const database = new MongoDatabase(connection, isReplicated, () => connection.openUri(addressOf(url), chosen));
      if (!choices.isPatient) database.#watchChecks(choices.stuckAfterMs ?? stuckAfterMs, logger);
      return database;
    } catch (error) {
      await connection.close().catch(() => undefined);
      throw outOfReach(url, error);
    }
  }

  private constructor(connection: Connection, isReplicated: boolean, reopen: () => Promise<unknown>) {
    this.#connection = connection;
    this.#reopen = reopen;
    this.isReplicated = isReplicated;
  }

  /** What every write waits for. */
  get writeConcern(): { w: unknown; journal: boolean | undefined } {
    const { w, journal } = this.#connection.getClient().options.writeConcern;
    return { w, journal };
  }

  collection<T extends Plain>(name: string, fields: SchemaDefinition, indexes: readonly Index[]): MongoCollection<T> {
    // Unknown fields are faults of ours: dropped in silence, a filter would match everything.
    const schema = new Schema<Plain>(fields as SchemaDefinition<Plain>, {
      strict: 'throw',
      strictQuery: 'throw',
      versionKey: false,
      minimize: false,
    });
    const model = this.#connection.model<Plain>(name, schema, name);
    return new MongoCollection<T>(model, { indexes, reads: this.isReplicated ? 'majority' : 'local' });
  }

  /** For the health of the app; throws when it does not answer. */
  async check(): Promise<string> {
    await fromMongo(this.#connection.db?.command({ ping: 1 }) ?? Promise.reject(new Error('not connected')));
    return 'answers';
  }

  /** Removes everything in it; for tests. */
  async drop(): Promise<void> {
    await this.#connection.dropDatabase();
  }

  async close(): Promise<void> {
    if (this.#watch) clearInterval(this.#watch);
    await this.#reopening;
    // What ends now is not away.
    this.#connection.removeAllListeners('disconnected');
    await this.#connection.close();
  }

  #watchChecks(forMs: number, logger: Logger): void {
    this.#checks.follow(this.#connection.getClient());
    this.#watch = setInterval(() => {
      if (this.#reopening === null && this.#checks.isStuck(forMs)) this.#reopening = this.#begin(logger);
    }, lookEveryMs).unref();
  }

  /** Connections anew: models and collections stay as they are. What fails here is tried again at the next look. */
  async #begin(logger: Logger): Promise<void> {
    logger.warn('the MongoDB driver does not look for its server any more: it is connected anew', { event: 'mongo.checks_stuck' });
    try {
      await within(closeWithinMs, this.#connection.close(), 'the connections did not close');
      await this.#reopen();
      this.#checks.follow(this.#connection.getClient());
    } catch (error) {
      logger.warn('MongoDB could not be connected anew; it is tried again', { event: 'mongo.reopen_failed', error: errorText(error) });
    } finally {
      this.#reopening = null;
    }
  }
}

/** A server that does not know the question is none. */
async function hasReplicaSet(connection: Connection): Promise<boolean> {
  const answer = await connection.db?.command({ hello: 1 }).catch(() => null);
  return answer?.['setName'] !== undefined || answer?.['msg'] === 'isdbgrid';
}

function watch(connection: Connection, server: string, logger: Logger): void {
  connection.on('disconnected', () => {
    logger.warn('MongoDB is away; chat waits for it (MONGO_URL)', { event: 'mongo.down', server });
  });
  connection.on('reconnected', () => {
    logger.info('MongoDB answers', { event: 'mongo.up', server });
  });
  connection.on('error', (error: Error) => {
    logger.warn('MongoDB reports a failure (MONGO_URL)', { event: 'mongo.failed', server, error: error.message });
  });
}

const outOfReach = (url: string, cause: unknown): AppError =>
  new AppError('unavailable', {
    detail: `The MongoDB server ${withoutSecrets(url)} does not answer (${errorText(cause)}): start it, or correct MONGO_URL.`,
    cause,
  });
