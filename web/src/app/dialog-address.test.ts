import { addressOf, shownIn } from './address.ts';
import { addressOfDialog, dialogAt } from './dialog-address.ts';
import type { OpenDialog } from './ui-state.ts';

test.each<OpenDialog>([
  { name: 'shortcuts' },
  { name: 'settings', tab: 'devices' },
  { name: 'edit-conversation', conversationId: 'c-1' },
  { name: 'add-members', conversationId: 'c-1' },
])('an address leads back to the dialog $name', (dialog) => {
  const address = addressOf('/c/c-1', { panel: 'search', words: 'пирог & tea', dialog: addressOfDialog(dialog) });
  const { panel, words, dialog: asked } = shownIn(new URL(address, 'http://team.example').search);
  expect([panel, words, dialogAt(asked ?? '')]).toEqual(['search', 'пирог & tea', dialog]);
});

test('what holds more than a name stays out of the address', () => {
  expect(addressOfDialog({ name: 'confirm', title: 'Leave?', text: '', confirm: 'Leave', onConfirm: () => undefined })).toBeNull();
  expect(addressOfDialog({ name: 'palette' })).toBeNull();
});

test.each(['confirm', 'edits', 'palette', 'add-members', 'nonsense:1', ''])('an address cannot ask for "%s"', (address) => {
  expect(dialogAt(address)).toBeNull();
});

test('a place keeps its fragment behind the query', () => {
  expect(addressOf('/setup#token', { panel: null, words: null, dialog: 'shortcuts' })).toBe('/setup?dialog=shortcuts#token');
  expect(addressOf('/setup#token', { panel: null, words: null, dialog: null })).toBe('/setup#token');
});
