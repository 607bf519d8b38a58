import { mongo } from 'mongoose';
import { isAppError } from '../../kernel/errors.ts';
import { fromMongo, placesTaken } from './mongo-failures.ts';

const serverError = (code: number, message = 'refused') => new mongo.MongoServerError({ message, code });
const meaningOf = async (error: unknown): Promise<string> => {
  const failure: unknown = await fromMongo(Promise.reject(error as Error)).catch((reason: unknown) => reason);
  return isAppError(failure) ? failure.code : 'ours';
};
const duplicate = (key: string, index = 0) => ({ code: 11_000, index, errmsg: `E11000 duplicate key error collection: t.c index: ${key}` });
const bulkError = (writeErrors: object[], writeConcernError?: object): unknown =>
  Object.assign(Object.create(mongo.MongoBulkWriteError.prototype) as object, {
    code: writeErrors.length > 0 ? 11_000 : undefined,
    writeErrors,
    result: { getWriteConcernError: () => writeConcernError },
    hasErrorLabel: () => false,
  });

test('a server that is away, voted out, stopping or without a majority is unavailable', async () => {
  for (const error of [
    new mongo.MongoNetworkError('lost'),
    new mongo.MongoServerSelectionError('nobody there', { servers: new Map() } as never),
    serverError(10_107),
    serverError(91),
    bulkError([]),
    bulkError([duplicate('_id_')], { code: 64 }),
  ])
    expect(await meaningOf(error)).toBe('unavailable');
});

test('a server without room says so', async () => {
  for (const error of [
    serverError(14_031, 'available disk space of 0 bytes is less than required'),
    serverError(371, 'writes are blocked'),
  ])
    await expect(fromMongo(Promise.reject(error))).rejects.toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('disk is full'),
    });
});

test('what the server refuses for good reason stays a fault of ours', async () => {
  for (const error of [serverError(9), serverError(11_000), bulkError([duplicate('seq')]), new TypeError('ours')])
    expect(await meaningOf(error)).toBe('ours');
});

test('a key is taken only when that is all there is to it, whichever the server names', () => {
  expect(placesTaken(bulkError([duplicate('seq', 3), duplicate('_id_', 5)]))).toEqual([3, 5]);
  expect(placesTaken(serverError(11_000))).toEqual([0]);
  expect(placesTaken(bulkError([duplicate('_id_'), { code: 9, errmsg: 'bad', index: 1 }]))).toBeNull();
  expect(placesTaken(bulkError([duplicate('_id_')], { code: 64 }))).toBeNull();
  expect(placesTaken(bulkError([]))).toBeNull();
  expect(placesTaken(new mongo.MongoNetworkError('lost'))).toBeNull();
});
