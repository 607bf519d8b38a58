import { createTestDatabase, recordingOutbox, type TestDatabase } from '../../../test/harness/database.ts';
import { allSettings, defaultSettings, type Settings, settingsChanged } from '../../contracts/admin/settings.ts';
import { gateOf } from '../../kernel/bus/suite/each-bus.suite.ts';
import { authSettings } from '../../contracts/auth/team-settings.ts';
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

type AllSettings = PostgresSettings<typeof allSettings>;

async function started(initial: Partial<Settings> = {}): Promise<AllSettings> {
  const settings = new PostgresSettings({
    database,
    all: allSettings,
    initial: { ...defaultSettings, ...initial },
    publish: (tx, changed) => {
      tx.publish(settingsChanged, { settings: changed });
    },
  });
  await settings.start();
  return settings;
}

test('the first start stores what the configuration says; later starts keep what is stored', async () => {
  expect((await started({ registration: 'open' })).of(allSettings).registration).toBe('open');
  expect((await started({ registration: 'closed' })).of(allSettings).registration).toBe('open');
});

test('a change holds at once, is published whole, and outlives the process', async () => {
  const settings = await started();
  const changed = await settings.update(allSettings, { teamName: 'Kitchen', editWindow: 60 });
  expect(changed).toEqual({ ...defaultSettings, teamName: 'Kitchen', editWindow: 60 });
  expect(settings.of(allSettings)).toEqual(changed);
  expect(outbox.published).toMatchObject([{ event: 'admin.settingsChanged', payload: { settings: changed } }]);
  expect((await started()).of(allSettings)).toEqual(changed);
});

test('changes of two admins at once both hold', async () => {
  const [one, other] = [await started(), await started()];
  await Promise.all([
    one.update(allSettings, { teamName: 'Kitchen' }),
    other.update(allSettings, { readReceipts: false }),
    one.update(allSettings, { editWindow: 5 }),
  ]);
  expect((await started()).of(allSettings)).toMatchObject({ teamName: 'Kitchen', readReceipts: false, editWindow: 5 });
});

test('each area reads and changes its own', async () => {
  const settings = await started();
  expect(await settings.update(authSettings, { teamName: 'Kitchen' })).toMatchObject({ teamName: 'Kitchen' });
  expect(settings.of(authSettings).teamName).toBe('Kitchen');
  await expect(settings.update(authSettings, { editWindow: 5 } as object)).rejects.toThrow('editWindow');
  expect(settings.of(allSettings)).toEqual({ ...defaultSettings, teamName: 'Kitchen' });
});

test('the change that was stored last holds, whichever is answered last', async () => {
  const settings = await started();
  const answer = gateOf();
  const { transaction } = database;
  let calls = 0;
  database.transaction = async (work) => {
    const isFirst = ++calls === 1;
    const result = await transaction.call(database, work);
    if (isFirst) await answer.opened;
    return result as never;
  };
  const first = settings.update(allSettings, { teamName: 'Kitchen' });
  await settings.update(allSettings, { editWindow: 5 });
  answer.open();
  await first;
  expect(settings.of(allSettings)).toMatchObject({ teamName: 'Kitchen', editWindow: 5 });
});

test('what is read while a change is stored does not undo it', async () => {
  const settings = await started();
  const [read, stored, answered] = [gateOf(), gateOf(), gateOf()];
  const { query, transaction } = database;
  let reads = 0;
  database.query = async (text: string, values?: readonly unknown[]) => {
    const rows = await query.call(database, text, values);
    if (!text.startsWith('SELECT') || ++reads > 1) return rows as never;
    read.open();
    await answered.opened;
    return rows as never;
  };
  database.transaction = async (work) => {
    const result = await transaction.call(database, work);
    setImmediate(stored.open);
    return result as never;
  };
  const refreshed = settings.refresh();
  await read.opened;
  const updated = settings.update(allSettings, { teamName: 'Kitchen' });
  await stored.opened;
  answered.open();
  await Promise.all([refreshed, updated]);
  expect(settings.of(allSettings).teamName).toBe('Kitchen');
});

test('what another node stored is read again', async () => {
  const [one, other] = [await started(), await started()];
  await other.update(allSettings, { teamName: 'Elsewhere' });
  await Promise.all([one.refresh(), one.refresh()]);
  expect(one.of(allSettings).teamName).toBe('Elsewhere');
});

test('what another node published is taken as it is', async () => {
  const settings = await started();
  settings.take({ ...defaultSettings, teamName: 'Elsewhere' });
  expect(settings.of(allSettings).teamName).toBe('Elsewhere');
});

test('a change that breaks the declaration changes nothing and publishes nothing', async () => {
  const settings = await started();
  await expect(settings.update(allSettings, { registration: 'ajar' as 'open' })).rejects.toThrow();
  expect([settings.of(allSettings), outbox.published]).toEqual([defaultSettings, []]);
  expect((await started()).of(allSettings)).toEqual(defaultSettings);
});

test('what a newer version stored does not keep this one from starting, and outlives its changes', async () => {
  await started();
  await database.query(`UPDATE kernel.settings SET value = value || '{"registration":"by-moonlight","mood":"fine","teamName":"Kitchen"}'`);
  const settings = await started();
  expect(settings.of(allSettings)).toEqual({ ...defaultSettings, teamName: 'Kitchen' });
  expect(await settings.update(allSettings, { editWindow: 5 })).toEqual({ ...defaultSettings, teamName: 'Kitchen', editWindow: 5 });
  expect(await database.query('SELECT value FROM kernel.settings')).toMatchObject([
    { value: { mood: 'fine', registration: 'by-moonlight' } },
  ]);
});
