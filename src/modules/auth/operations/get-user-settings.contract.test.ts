import { changeUserSettings, getUserSettings } from '../../../contracts/auth/own-settings.ts';
import { defaultUserSettings } from '../../../contracts/user-setting-values.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
beforeAll(() => bench.owner());

describe('auth.getUserSettings', () => {
  test('answers the defaults to a person who chose nothing', async () => {
    expect(await bench.call(getUserSettings, {}, await bench.person('ana'))).toEqual({ rev: 0, settings: defaultUserSettings });
  });

  test('answers what a person chose to that person alone', async () => {
    const [ben, cleo] = [await bench.person('ben'), await bench.person('cleo')];
    await bench.call(changeUserSettings, { 'appearance.theme': 'dark' }, ben);
    expect(await bench.call(getUserSettings, {}, ben)).toEqual({
      rev: 1,
      settings: { ...defaultUserSettings, 'appearance.theme': 'dark' },
    });
    expect(await bench.call(getUserSettings, {}, cleo)).toEqual({ rev: 0, settings: defaultUserSettings });
  });

  test('leaves out what only another version knows, and answers the default for a value that this one does not take', async () => {
    const dora = await bench.person('dora');
    await bench.database.query(
      `INSERT INTO auth.user_settings VALUES ($1, 'appearance.theme', '"sepia"', now()), ($1, 'appearance.later', '1', now()),
                                             ($1, 'appearance.language', '"ru"', now())`,
      [dora.user.id],
    );
    const { settings } = await bench.call(getUserSettings, {}, dora);
    expect(settings).toEqual({ ...defaultUserSettings, 'appearance.language': 'ru' });
    await bench.call(changeUserSettings, { 'appearance.language': 'en' }, dora);
    const kept = await bench.database.query("SELECT value FROM auth.user_settings WHERE key = 'appearance.later'");
    expect(kept).toEqual([{ value: 1 }]);
  });

  test('refuses whoever has no account', async () => {
    const actor = { userId: newId(), sessionId: newId(), role: 'member' as const };
    await expect(bench.call(getUserSettings, {}, { actor })).rejects.toMatchObject({ code: 'not_found' });
    await expect(bench.call(getUserSettings, {}, { actor: null })).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
