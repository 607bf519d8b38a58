import { createTestDatabase, recordingOutbox, type TestDatabase } from '../../../test/harness/database.ts';
import { defaultSettings, type Settings } from '../../contracts/admin/settings.ts';
import type { Database } from '../../kernel/database.ts';
import { PostgresSettings } from './postgres-settings.ts';

let made: TestDatabase;
let outbox: ReturnType<typeof recordingOutbox>;
let database: Database;

beforeAll(async () => {
  made = await createTestDatabase();
});
afterAll(() => made.drop());
beforeEach(async () => {
  outbox = recordingOutbox();
  database = made.database(outbox);
  await database.query('TRUNCATE kernel.settings');
});

async function started(initial: Partial<Settings> = {}): Promise<PostgresSettings> {
  const settings = new PostgresSettings(database, { ...defaultSettings, ...initial });
  await settings.start();
  return settings;
}

test('the first start stores what the configuration says; later starts keep what is stored', async () => {
  expect((await started({ registration: 'open' })).current().registration).toBe('open');
  expect((await started({ registration: 'closed' })).current().registration).toBe('open');
});

test('a change holds at once, is published whole, and outlives the process', async () => {
  const settings = await started();
  const changed = await settings.update({ teamName: 'Kitchen', editWindow: 60 });
  expect(changed).toEqual({ ...defaultSettings, teamName: 'Kitchen', editWindow: 60 });
  expect(settings.current()).toEqual(changed);
  expect(outbox.published).toMatchObject([{ event: 'admin.settingsChanged', payload: { settings: changed } }]);
  expect((await started()).current()).toEqual(changed);
});

test('changes of two admins at once both hold', async () => {
  const [one, other] = [await started(), await started()];
  await Promise.all([one.update({ teamName: 'Kitchen' }), other.update({ readReceipts: false }), one.update({ editWindow: 5 })]);
  expect((await started()).current()).toMatchObject({ teamName: 'Kitchen', readReceipts: false, editWindow: 5 });
});

test('what another node published is taken as it is', async () => {
  const settings = await started();
  settings.take({ ...defaultSettings, teamName: 'Elsewhere' });
  expect(settings.current().teamName).toBe('Elsewhere');
});

test('a change that breaks the declaration changes nothing and publishes nothing', async () => {
  const settings = await started();
  await expect(settings.update({ registration: 'ajar' as 'open' })).rejects.toThrow();
  expect([settings.current(), outbox.published]).toEqual([defaultSettings, []]);
  expect((await started()).current()).toEqual(defaultSettings);
});

test('what a newer version stored does not keep this one from starting, and outlives its changes', async () => {
  await started();
  await database.query(`UPDATE kernel.settings SET value = value || '{"registration":"by-moonlight","mood":"fine","teamName":"Kitchen"}'`);
  const settings = await started();
  expect(settings.current()).toEqual({ ...defaultSettings, teamName: 'Kitchen' });
  expect(await settings.update({ editWindow: 5 })).toEqual({ ...defaultSettings, teamName: 'Kitchen', editWindow: 5 });
  expect(await database.query('SELECT value FROM kernel.settings')).toMatchObject([
    { value: { mood: 'fine', registration: 'by-moonlight' } },
  ]);
});
