import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { PgDatabase } from '../../../../infra/postgres/pg-database.ts';
import { newId } from '../../../../kernel/ids.ts';
import { anAttachment } from '../../chat.fixture.ts';
import { PostgresAttachments } from './postgres.ts';

let made: TestDatabase;
let database: PgDatabase;
let attachments: PostgresAttachments;
beforeAll(async () => {
  made = await createTestDatabase();
  database = made.database();
  attachments = new PostgresAttachments(database);
});
afterAll(() => made.drop());

const sendOf = (senderId: string) => ({ conversationId: newId(), senderId, clientMessageId: newId() });

async function registered(ownerId: string, count: number) {
  const files = Array.from({ length: count }, () => anAttachment());
  for (const file of files) await attachments.register(file, ownerId);
  return files;
}

test('a file belongs to who registered it first, and to no send yet', async () => {
  const [ana, boris] = [newId(), newId()];
  const [file] = await registered(ana, 1);
  await attachments.register({ ...file!, name: 'other' }, boris);
  expect(await attachments.find([file!.id, newId()])).toEqual([{ attachment: file, ownerId: ana, send: null }]);
});

test('files are given in the order that is asked for, and the same send gets them again', async () => {
  const ana = newId();
  const files = await registered(ana, 3);
  const ids = files.map(({ id }) => id).reverse();
  const send = sendOf(ana);
  expect(await attachments.give(ids, send)).toEqual(files.toReversed());
  expect(await attachments.give(ids, send)).toEqual(files.toReversed());
  expect((await attachments.find([ids[0]!]))[0]?.send).toEqual(send);
});

test('where one file is not to be had, the others are left as they were', async () => {
  const [ana, boris] = [newId(), newId()];
  const [mine, given] = await registered(ana, 2);
  const [theirs] = await registered(boris, 1);
  await attachments.give([given!.id], sendOf(ana));
  for (const other of [theirs!.id, given!.id, newId()])
    await expect(attachments.give([mine!.id, other], sendOf(ana))).rejects.toMatchObject({
      code: 'not_found',
      errors: [{ path: 'attachmentIds.1' }],
    });
  expect((await attachments.find([mine!.id]))[0]?.send).toBeNull();
});

test('of sends at once that ask for one file, one gets it', async () => {
  const ana = newId();
  const files = await registered(ana, 2);
  const ids = files.map(({ id }) => id);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) => attachments.give(index % 2 ? ids : ids.toReversed(), sendOf(ana))),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('what no send has is forgotten, and what one got lately is not', async () => {
  const ana = newId();
  const [loose, given] = await registered(ana, 2);
  await attachments.give([given!.id], sendOf(ana));
  const ids = [loose!.id, given!.id, newId()];
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  expect(await attachments.forget(ids, at(-60_000))).toEqual([loose!.id]);
  expect((await attachments.find(ids)).map(({ attachment }) => attachment.id)).toEqual([given!.id]);
  expect(await attachments.forget(ids, at(60_000))).toEqual([given!.id]);
  await expect(attachments.give([loose!.id], sendOf(ana))).rejects.toMatchObject({ code: 'not_found' });
});

test('what is said of files is replaced, and stays once they are marked as removed', async () => {
  const files = await registered(newId(), 2);
  const ids = files.map(({ id }) => id);
  const said = async () => (await attachments.find(ids)).map(({ attachment }) => attachment.name).toSorted();
  await attachments.describe([...files.map((file) => ({ ...file, name: 'other' })), anAttachment()]);
  expect(await said()).toEqual(['other', 'other']);
  await attachments.describe([{ ...files[0]!, name: '', removed: 'erased' }]);
  await attachments.describe(files.map((file) => ({ ...file, name: 'again' })));
  expect(await said()).toEqual(['', 'again']);
});

test('of the files of a conversation those that are there count', async () => {
  const ana = newId();
  const files = await registered(ana, 3);
  const send = sendOf(ana);
  await attachments.give(
    files.map(({ id }) => id),
    send,
  );
  await attachments.describe([{ ...files[0]!, removed: 'expired' }]);
  const found = (await attachments.largest(100)).find(({ conversationId }) => conversationId === send.conversationId);
  expect(found).toMatchObject({ files: 2, bytes: 6 });
});
