import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import { newId } from '../../../../kernel/ids.ts';
import { newAvatarToken } from '../../domain/avatars.ts';
import type { AvatarSubject } from '../../ports.ts';
import { PostgresAvatars } from './postgres.ts';

let made: TestDatabase;
let avatars: PostgresAvatars;
beforeAll(async () => {
  made = await createTestDatabase();
  avatars = new PostgresAvatars(made.database());
});
afterAll(() => made.drop());

const bytes = Buffer.from([0, 255, 7]);
const person = (): AvatarSubject => ({ kind: 'user', id: newId() });

async function added(madeBy: string): Promise<{ id: string; token: string }> {
  const avatar = { id: newId(), token: newAvatarToken() };
  await avatars.add({ ...avatar, madeBy }, [
    { edge: 64, bytes },
    { edge: 128, bytes: Buffer.from('large') },
  ]);
  return avatar;
}
const isThere = async ({ token }: { token: string }): Promise<boolean> => (await avatars.read(token, 64)) !== null;

test('a picture is read by its token and size once somebody has it', async () => {
  const subject = person();
  const { id, token } = await added(subject.id);
  expect(await avatars.read(token, 64)).toBeNull();
  expect(await avatars.give(id, newId(), subject)).toBeNull();
  expect(await avatars.give(id, subject.id, subject)).toBe(token);
  expect(Buffer.from((await avatars.read(token, 64))!).equals(bytes)).toBe(true);
  expect(Buffer.from((await avatars.read(token, 128))!).toString()).toBe('large');
  expect(await avatars.read(token, 512)).toBeNull();
});

test('it is given to one subject, unless it is taken back', async () => {
  const [ana, room] = [person(), { kind: 'conversation', id: newId() } as const];
  const { id, token } = await added(ana.id);
  expect(await avatars.give(id, ana.id, room)).toBe(token);
  expect(await avatars.give(id, ana.id, room)).toBe(token);
  expect(await avatars.give(id, ana.id, ana)).toBeNull();
  await avatars.takeBack(id);
  expect(await avatars.give(id, ana.id, ana)).toBe(token);
  await avatars.settle(ana, { setId: id, currentToken: token });
  await avatars.takeBack(id);
  expect(await isThere({ token })).toBe(true);
});

test('the ones before go when another is set; one that was given later and is not set yet stays', async () => {
  const ana = person();
  const [first, second, third] = [await added(ana.id), await added(ana.id), await added(ana.id)];
  for (const { id } of [first, second]) {
    await avatars.give(id, ana.id, ana);
    await avatars.settle(ana, { setId: id, currentToken: id === first.id ? first.token : second.token });
  }
  expect(await Promise.all([first, second].map(isThere))).toEqual([false, true]);
  await avatars.give(third.id, ana.id, ana);
  await avatars.settle(ana, { setId: second.id, currentToken: second.token });
  expect(await Promise.all([second, third].map(isThere))).toEqual([true, true]);
  await avatars.settle(ana, { setId: third.id, currentToken: third.token });
  expect(await Promise.all([second, third].map(isThere))).toEqual([false, true]);
  await avatars.settle(ana, { setId: null, currentToken: null });
  expect(await isThere(third)).toBe(false);
});

test('a subject that is gone leaves none, and others keep theirs', async () => {
  const [ana, boris] = [person(), person()];
  const [hers, his] = [await added(ana.id), await added(boris.id)];
  await avatars.give(hers.id, ana.id, ana);
  await avatars.give(his.id, boris.id, boris);
  await avatars.removeOf(ana);
  expect(await Promise.all([hers, his].map(isThere))).toEqual([false, true]);
});

test('of what a person uploads and gives to nobody the last five are kept, until they are old', async () => {
  const ana = person();
  const all = [];
  for (let index = 0; index < 7; index++) all.push(await added(ana.id));
  expect(await avatars.give(all[1]!.id, ana.id, ana)).toBeNull();
  expect(await avatars.give(all[2]!.id, ana.id, ana)).toBe(all[2]!.token);
  expect(await avatars.removeUnused('2000-01-01T00:00:00.000Z')).toBe(0);
  expect(await avatars.removeUnused('2100-01-01T00:00:00.000Z')).toBeGreaterThanOrEqual(4);
  expect(await avatars.give(all[6]!.id, ana.id, ana)).toBeNull();
  expect(await isThere(all[2]!)).toBe(true);
});
