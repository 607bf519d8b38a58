import { changeUserSettings, getUserSettings, userSettingsChanged } from '../../../contracts/auth/own-settings.ts';
import type { RawInput } from '../../../contracts/define.ts';
import { defaultUserSettings } from '../../../contracts/user-setting-values.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench, type Person } from '../auth.fixture.ts';

let bench: AuthBench;
let people = 0;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
beforeAll(() => bench.owner());

const newcomer = () => bench.person(`person${String(++people)}`);
const change = (input: RawInput<typeof changeUserSettings>, person: Person) => bench.call(changeUserSettings, input, person);
const receivedOf = ({ user }: Person) => bench.received(userSettingsChanged).filter(({ userId }) => userId === user.id);

describe('auth.changeUserSettings', () => {
  test('changes what is named, keeps the rest, and is published with all of them', async () => {
    const ana = await newcomer();
    await change({ 'appearance.theme': 'dark' }, ana);
    const changed = await change({ 'appearance.language': 'ru' }, ana);
    expect(changed).toEqual({ rev: 2, settings: { ...defaultUserSettings, 'appearance.theme': 'dark', 'appearance.language': 'ru' } });
    expect(await bench.call(getUserSettings, {}, ana)).toEqual(changed);
    expect(receivedOf(ana).at(-1)).toEqual({ userId: ana.user.id, ...changed });
    expect(receivedOf(ana).map(({ rev }) => rev)).toEqual([1, 2]);
  });

  test('returns to the default by null, also what was never chosen', async () => {
    const ana = await newcomer();
    await change({ 'appearance.theme': 'dark' }, ana);
    expect(await change({ 'appearance.theme': null, 'appearance.language': null }, ana)).toEqual({
      rev: 2,
      settings: defaultUserSettings,
    });
    const rows = await bench.database.query('SELECT key FROM auth.user_settings WHERE user_id = $1', [ana.user.id]);
    expect(rows).toEqual([]);
  });

  test('with nothing to change changes and publishes nothing', async () => {
    const ana = await newcomer();
    expect(await change({}, ana)).toEqual({ rev: 0, settings: defaultUserSettings });
    expect(receivedOf(ana)).toEqual([]);
  });

  test('at once from several devices and processes loses no key, and each change has a rev of its own', async () => {
    const ana = await newcomer();
    const other = await bench.another();
    const twice = [1, 2, 3].flatMap(() => [
      change({ 'appearance.theme': 'light' }, ana),
      other.call(changeUserSettings, { 'appearance.language': 'en' }, ana),
    ]);
    const answers = await Promise.all(twice);
    await other.stop();
    expect(answers.map(({ rev }) => rev).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const last = await bench.call(getUserSettings, {}, ana);
    expect(last).toEqual({ rev: 6, settings: { ...defaultUserSettings, 'appearance.theme': 'light', 'appearance.language': 'en' } });
    expect(answers.find(({ rev }) => rev === 6)).toEqual(last);
  });

  test.each<[string, unknown, string]>([
    ['a value of another kind', { 'appearance.theme': 5 }, 'appearance.theme'],
    ['a value that is none', { 'appearance.language': 'fr' }, 'appearance.language'],
    ['an unknown key', { 'appearance.shade': 'dark' }, 'appearance.shade'],
    ['a key of every object', { constructor: 'dark' }, 'constructor'],
  ])('refuses %s, names it, and changes nothing', async (_what, input, path) => {
    const ana = await newcomer();
    const mixed = { 'appearance.theme': 'dark' as const, ...(input as object) };
    await expect(change(mixed, ana)).rejects.toMatchObject({ code: 'validation_failed', errors: [{ path }] });
    expect(await bench.call(getUserSettings, {}, ana)).toEqual({ rev: 0, settings: defaultUserSettings });
  });

  test('goes with the account', async () => {
    const ana = await newcomer();
    await change({ 'appearance.theme': 'dark' }, ana);
    await bench.database.query('DELETE FROM auth.users WHERE id = $1', [ana.user.id]);
    expect(await bench.database.query('SELECT 1 FROM auth.user_settings WHERE user_id = $1', [ana.user.id])).toEqual([]);
    await expect(change({ 'appearance.theme': 'dark' }, ana)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('refuses whoever has no account', async () => {
    const actor = { userId: newId(), sessionId: newId(), role: 'member' as const };
    const refused = bench.call(changeUserSettings, { 'appearance.theme': 'dark' }, { actor });
    await expect(refused).rejects.toMatchObject({ code: 'not_found' });
  });
});
