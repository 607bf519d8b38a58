import { mongo, MongooseError } from 'mongoose';
import { AppError } from '../../kernel/errors.ts';
import { wanting } from '../../kernel/storage-faults.ts';

const alreadyThere = 11_000;
/** A server that stops, starts, is voted out or waits for others in vain: `src/mongo/base/error_codes.yml` of MongoDB. */
const passing = new Set([6, 7, 64, 89, 91, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436]);

interface WriteError {
  readonly code: number;
  readonly index: number;
}

/** What MongoDB answers; `unavailable` when it cannot, or nobody knows whether it did. */
export async function fromMongo<T>(answer: PromiseLike<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw toAppError(error);
  }
}

/** Whether MongoDB, or the driver, says so. */
export const isOfMongo = (error: unknown): boolean => error instanceof mongo.MongoError || error instanceof MongooseError;

/**
 * Whether all that went wrong is that a unique key is taken; by which of several, the server says in whatever order it looks.
 * Null when something else did; otherwise the places of the documents among those of a bulk.
 */
export function placesTaken(error: unknown): number[] | null {
  if (!(error instanceof mongo.MongoServerError) || error.code !== alreadyThere || lacksMajority(error)) return null;
  if (!(error instanceof mongo.MongoBulkWriteError)) return [0];
  const faults = writeErrorsOf(error);
  return faults.every(({ code }) => code === alreadyThere) ? faults.map(({ index }) => index) : null;
}

/** The server gave a read up after its `maxTimeMS`. */
const outOfTime = 50;

/** What the server refused for good reason is a fault of ours and stays as it is. */
function toAppError(error: unknown): unknown {
  const want = error instanceof mongo.MongoServerError ? wanting(String(error.code), error) : null;
  if (want) return want;
  if (error instanceof mongo.MongoServerError && error.code === outOfTime)
    return new AppError('deadline_exceeded', { detail: 'The database took too long.', cause: error });
  const mayPass = error instanceof mongo.MongoServerError ? isPassing(error) : error instanceof mongo.MongoError || isDisconnected(error);
  if (!mayPass) return error;
  return new AppError('unavailable', { detail: 'The database cannot be reached just now.', retryAfter: 1, cause: error });
}

function isPassing(error: mongo.MongoServerError): boolean {
  if (error.hasErrorLabel('RetryableWriteError') || lacksMajority(error)) return true;
  // A lost connection in the middle of a bulk comes as an error of the bulk, without a code.
  if (error instanceof mongo.MongoBulkWriteError && (error.code === undefined || writeErrorsOf(error).length === 0)) return true;
  return passing.has(Number(error.code));
}

/** The server wrote, and the others have not confirmed it. */
const lacksMajority = (error: mongo.MongoServerError): boolean =>
  error instanceof mongo.MongoWriteConcernError ||
  (error instanceof mongo.MongoBulkWriteError && error.result.getWriteConcernError() !== undefined);

/** The driver hands over one error alone, several as a list. */
const writeErrorsOf = ({ writeErrors }: mongo.MongoBulkWriteError): readonly WriteError[] =>
  [writeErrors as WriteError | WriteError[]].flat();

/** Mongoose's own word for a server that it knows to be away. */
const isDisconnected = (error: unknown): boolean => error instanceof MongooseError && error.message.includes('before initial connection');
