import type { Message } from '../shared/model.ts';
import { store, type Readable, type Writable } from '../shared/state/store.ts';
import { toastList, type Toast } from './toast-list.ts';

export type SettingsTab = 'profile' | 'appearance' | 'notifications' | 'password' | 'devices';

/** The one modal that may be open. */
export type OpenDialog =
  | { readonly name: 'palette' }
  | { readonly name: 'shortcuts' }
  | { readonly name: 'new-conversation' }
  | { readonly name: 'browse-channels' }
  | { readonly name: 'invite-people' }
  | { readonly name: 'status' }
  | { readonly name: 'settings'; readonly tab: SettingsTab }
  | { readonly name: 'edit-conversation'; readonly conversationId: string }
  | { readonly name: 'conversation-notifications'; readonly conversationId: string }
  | { readonly name: 'trace'; readonly messageId: string }
  | { readonly name: 'edits'; readonly message: Message }
  | { readonly name: 'add-members'; readonly conversationId: string }
  | {
      readonly name: 'confirm';
      readonly title: string;
      readonly text: string;
      readonly confirm: string;
      /** Something that may be chosen besides. */
      readonly option?: { readonly label: string; readonly hint: string };
      readonly onConfirm: (isChosen: boolean) => Promise<void> | void;
    };

export interface Ui {
  readonly dialog: Writable<OpenDialog | null>;
  /** The sign-out is on its way to the server. */
  readonly isSigningOut: Writable<boolean>;
  /** The message whose emoji picker is open. */
  readonly reacting: Writable<string | null>;
  readonly toasts: Readable<readonly Toast[]>;
  /** Shows a short note for some seconds. */
  showToast(text: string, look?: Toast['look']): void;
  /** Keeps them for as long as somebody reads them. */
  holdToasts(isHeld: boolean): void;
  /** Sends the caret to the composer of the open conversation. */
  focusComposer(): void;
  readonly composerFocus: Readable<number>;
  /** Sends the caret to the filter above the conversation list. */
  focusFilter(): void;
  readonly filterFocus: Readable<number>;
}

export function createUi(): Ui {
  const toasts = toastList();
  const composerFocus = store(0);
  const filterFocus = store(0);
  return {
    dialog: store<OpenDialog | null>(null),
    isSigningOut: store(false),
    reacting: store<string | null>(null),
    toasts: toasts.shown,
    composerFocus,
    filterFocus,
    showToast: (text, look = 'plain') => toasts.show(text, look),
    holdToasts: (isHeld) => toasts.hold(isHeld),
    focusComposer: () => composerFocus.update((count) => count + 1),
    focusFilter: () => filterFocus.update((count) => count + 1),
  };
}
