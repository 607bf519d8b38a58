import { expect, test } from '@jest/globals';
import { memoryStorage } from '../web/src/shared/browser/storage.ts';
import { unsentSettingsIn } from './unsent-settings.ts';

test('unsent settings are kept per person, and leave nothing behind once they are sent', () => {
  const storage = memoryStorage();
  const unsent = unsentSettingsIn(() => storage);
  unsent.write('ana', { 'appearance.theme': 'dark' });
  unsent.write('boris', { 'appearance.theme': null });
  expect([unsent.read('ana'), unsent.read('boris')]).toEqual([{ 'appearance.theme': 'dark' }, { 'appearance.theme': null }]);
  unsent.write('ana', {});
  expect([unsent.read('ana'), Object.keys(storage)]).toEqual([{}, ['confab.unsent-settings.boris']]);
});

test('a storage that is refused, or holds something else, is none', () => {
  const refused = unsentSettingsIn(() => {
    throw new Error('SecurityError');
  });
  refused.write('ana', { 'appearance.theme': 'dark' });
  expect(refused.read('ana')).toEqual({});
  const storage = memoryStorage();
  for (const text of ['null', '{', '7']) {
    storage.setItem('confab.unsent-settings.ana', text);
    expect(unsentSettingsIn(() => storage).read('ana')).toEqual({});
  }
});
