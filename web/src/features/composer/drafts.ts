import { store, type Writable } from '../../shared/state/store.ts';

/** What is being written in one conversation. An edit has a text of its own, so that it never costs the draft. */
export interface Draft {
  readonly text: string;
  readonly replyTo: string | null;
  readonly edit: { readonly messageId: string; readonly text: string } | null;
}

export interface Drafts {
  of(conversationId: string): Writable<Draft>;
  /** Forgets every draft, as when somebody signs out of a shared computer. */
  clear(): void;
}

/** Drafts outlive the page: text and quoted message are kept in the browser's storage, an edit is not. */
export function keptDrafts(storage: Storage): Drafts {
  const open = new Map<string, Writable<Draft>>();
  return {
    of(conversationId) {
      const known = open.get(conversationId);
      if (known) return known;
      const draft = store(read(storage, conversationId));
      draft.subscribe(() => write(storage, conversationId, draft.get()));
      open.set(conversationId, draft);
      return draft;
    },
    clear() {
      for (const draft of open.values()) draft.set(emptyDraft);
      for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
    },
  };
}

export const emptyDraft: Draft = { text: '', replyTo: null, edit: null };
const prefix = 'confab.draft.';

function read(storage: Storage, conversationId: string): Draft {
  try {
    const kept = JSON.parse(storage.getItem(prefix + conversationId) ?? '{}') as { text?: unknown; replyTo?: unknown };
    return {
      text: typeof kept.text === 'string' ? kept.text : '',
      replyTo: typeof kept.replyTo === 'string' ? kept.replyTo : null,
      edit: null,
    };
  } catch {
    return emptyDraft;
  }
}

function write(storage: Storage, conversationId: string, { text, replyTo }: Draft): void {
  try {
    if (text === '' && replyTo === null) storage.removeItem(prefix + conversationId);
    else storage.setItem(prefix + conversationId, JSON.stringify({ text, replyTo }));
  } catch {
    // A full or refused storage costs only the memory of the draft over a reload.
  }
}
