import type { Client, UserSettingsChange } from '../../../client/index.ts';
import { defaultUserSettings } from '../../../src/contracts/user-setting-values.ts';
import type { User, UserSettings } from '../shared/model.ts';
import { store } from '../shared/state/store.ts';
import { personPreferences } from './person-preferences.ts';
import type { KeptPreferences } from './preferences.ts';

const settingsOf = (theme: KeptPreferences['theme'], language: KeptPreferences['language']): UserSettings => ({
  ...defaultUserSettings,
  'appearance.theme': theme,
  'appearance.language': language,
});

/** A client as the library is: a change stands in the settings at once, and is taken back where it is refused. */
function aDevice(kept: KeptPreferences = { theme: 'system', language: 'system', userId: null }) {
  const session = store<ReturnType<Client['session']['get']>>({ status: 'signed-out', reason: 'none' });
  const settings = store<UserSettings | null>(null);
  const device = store(kept);
  const changes: UserSettingsChange[] = [];
  const refusal = { error: null as Error | null };
  const change = async (wanted: UserSettingsChange): Promise<void> => {
    changes.push(wanted);
    const before = settings.get();
    const present = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    if (before) settings.set({ ...before, ...present });
    await Promise.resolve();
    if (!refusal.error) return;
    if (before) settings.set({ ...before });
    throw refusal.error;
  };
  const client = { session, settings: { get: settings.get, subscribe: settings.subscribe, change } };
  const preferences = personPreferences(client, device);
  const comes = (id: string | null): void => {
    settings.set(null);
    session.set(id === null ? { status: 'signed-out', reason: 'logged_out' } : { status: 'signed-in', user: { id } as User });
  };
  const shown = () => [preferences.get().theme, preferences.get().language];
  return { preferences, device, settings, changes, refusal, comes, shown };
}

describe('theme and language', () => {
  test('are those of the account once it was read, and follow it', () => {
    const { device, settings, comes, shown } = aDevice();
    comes('ana');
    settings.set(settingsOf('dark', 'ru'));
    expect(shown()).toEqual(['dark', 'ru']);
    settings.set(settingsOf('light', 'en'));
    expect(shown()).toEqual(['light', 'en']);
    expect(device.get().userId).toBe('ana');
  });

  test('are what the device last showed until the account was read, and after the person left', () => {
    const { settings, comes, shown } = aDevice({ theme: 'dark', language: 'ru', userId: 'ana' });
    expect(shown()).toEqual(['dark', 'ru']);
    comes('ana');
    expect(shown()).toEqual(['dark', 'ru']);
    settings.set(settingsOf('dark', 'en'));
    comes(null);
    expect(shown()).toEqual(['dark', 'en']);
  });

  test('of one person are not the next one’s, also before the account was read', () => {
    const { changes, settings, comes, shown } = aDevice({ theme: 'dark', language: 'ru', userId: 'ana' });
    comes('boris');
    expect(shown()).toEqual(['system', 'system']);
    settings.set(settingsOf('system', 'system'));
    comes(null);
    comes('cleo');
    settings.set(settingsOf('light', 'system'));
    expect(shown()).toEqual(['light', 'system']);
    expect(changes).toEqual([]);
  });

  test('are changed at once, in the account too', async () => {
    const { preferences, changes, settings, comes, shown } = aDevice();
    comes('ana');
    settings.set(settingsOf('system', 'ru'));
    const chosen = preferences.choose({ theme: 'dark' });
    expect(shown()).toEqual(['dark', 'ru']);
    await chosen;
    expect([shown(), changes]).toEqual([['dark', 'ru'], [{ 'appearance.theme': 'dark' }]]);
  });

  test.each([
    ['was read', settingsOf('light', 'en')],
    ['was not read yet', null],
  ])('are as they were where the server refuses, and the account %s', async (_what, known) => {
    const { preferences, refusal, settings, comes, shown } = aDevice({ theme: 'light', language: 'en', userId: 'ana' });
    comes('ana');
    settings.set(known);
    refusal.error = new Error('too often');
    const chosen = preferences.choose({ theme: 'dark' });
    expect(shown()).toEqual(['dark', 'en']);
    await expect(chosen).rejects.toThrow('too often');
    expect(shown()).toEqual(['light', 'en']);
  });

  test('chosen before the sign-in go into an account that has chosen nothing', async () => {
    const { preferences, changes, settings, comes, shown } = aDevice({ theme: 'dark', language: 'en', userId: 'ana' });
    await preferences.choose({ language: 'ru' });
    expect(shown()).toEqual(['dark', 'ru']);
    comes('boris');
    expect(shown()).toEqual(['system', 'ru']);
    const seen: unknown[] = [];
    preferences.subscribe(() => seen.push(shown()));
    settings.set(settingsOf('system', 'system'));
    await Promise.resolve();
    expect([shown(), changes]).toEqual([['system', 'ru'], [{ 'appearance.language': 'ru' }]]);
    expect(seen).toEqual([]);
  });

  test('chosen before the sign-in give way to what the account has, and are nobody else’s', async () => {
    const { preferences, changes, settings, comes, shown } = aDevice();
    await preferences.choose({ language: 'ru' });
    comes('ana');
    settings.set(settingsOf('system', 'en'));
    expect(shown()).toEqual(['system', 'en']);
    comes(null);
    await preferences.choose({ language: 'ru' });
    comes('ana');
    comes(null);
    comes('boris');
    settings.set(settingsOf('system', 'system'));
    expect([shown(), changes]).toEqual([['system', 'system'], []]);
  });
});
