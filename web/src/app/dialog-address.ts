import type { OpenDialog, SettingsTab } from './ui-state.ts';

const tabs: readonly SettingsTab[] = ['profile', 'appearance', 'notifications', 'password', 'devices'];
const plain = ['shortcuts', 'new-conversation', 'browse-channels', 'invite-people', 'status'] as const;
const ofConversation = ['edit-conversation', 'add-members', 'conversation-notifications'] as const;

/** The name of a dialog in the address; null for one that holds more than a name says, or that is gone with its answer. */
export function addressOfDialog(dialog: OpenDialog): string | null {
  if (dialog.name === 'settings') return `settings:${dialog.tab}`;
  if ('conversationId' in dialog) return `${dialog.name}:${dialog.conversationId}`;
  return plain.some((name) => name === dialog.name) ? dialog.name : null;
}

/** The dialog that an address names, or null. None of them does anything before a button in it is pressed. */
export function dialogAt(address: string): OpenDialog | null {
  const [name = '', of = ''] = address.split(':', 2);
  if (name === 'settings') return { name, tab: tabs.find((tab) => tab === of) ?? 'profile' };
  const known = plain.find((one) => one === name);
  if (known) return { name: known };
  const about = ofConversation.find((one) => one === name);
  return about && of !== '' ? { name: about, conversationId: of } : null;
}
