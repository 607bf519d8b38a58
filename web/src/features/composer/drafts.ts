import { store, type Writable } from '../../shared/state/store.ts';

/** What is being written in one conversation. An edit has a text of its own, so that it never costs the draft. */
export interface Draft {
  readonly text: string;
  readonly replyTo: string | null;
  readonly edit: Edit | null;
  /** One that the server refused while the person had begun to write something else; it is taken up when its message is edited again. */
  readonly refusedEdit?: Edit | null;
}

export interface Edit {
  readonly messageId: string;
  readonly text: string;
}

export interface Drafts {
  of(conversationId: string): Writable<Draft>;
  /** Stores what was typed lately, as before the page goes. */
  keep(): void;
  /** Forgets every draft, as when somebody signs out of a shared computer. */
  clear(): void;
}

/**
 * Drafts outlive the page: text and quoted message are kept in the browser's storage under the person's id, an edit is not.
 * Without a person nothing is read or kept. The storage takes a millisecond or two, so that it waits until nobody types.
 */
export function keptDrafts(storage: Storage, userId: string | null): Drafts {
  dropUnowned(storage);
  const prefix = userId === null ? null : `${draftKeys}${userId}.`;
  const open = new Map<string, Writable<Draft>>();
  const typed = new Map<string, Draft>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    for (const [key, draft] of typed) write(storage, key, draft);
    typed.clear();
  };
  const change = (key: string, draft: Draft) => {
    typed.set(key, draft);
    clearTimeout(timer);
    // What was sent is no draft any more, whatever becomes of the page.
    if (isEmpty(draft)) keep();
    else timer = setTimeout(keep, idleMs);
  };
  return {
    of(conversationId) {
      const known = open.get(conversationId);
      if (known) return known;
      const key = prefix === null ? null : prefix + conversationId;
      const draft = store(key === null ? emptyDraft : read(storage, key));
      if (key !== null)
        draft.subscribe(() => {
          change(key, draft.get());
        });
      open.set(conversationId, draft);
      return draft;
    },
    keep,
    clear() {
      for (const draft of open.values()) draft.set(emptyDraft);
      for (const key of Object.keys(storage)) if (prefix !== null && key.startsWith(prefix)) storage.removeItem(key);
    },
  };
}

/** Opens the edit of a message, or goes on with the one of it that was refused. */
export function withEdit(draft: Draft, edit: Edit): Draft {
  const isKept = draft.refusedEdit?.messageId === edit.messageId;
  return {
    ...draft,
    edit: isKept ? draft.refusedEdit : edit,
    refusedEdit: isKept ? null : (draft.refusedEdit ?? null),
  };
}

/** Opens it again where nothing else was begun since it was stored; a text that is being written is never replaced. */
export const withRefusedEdit = (now: Draft, before: Draft, edit: Edit): Draft =>
  now.edit === null && now.text === before.text ? { ...now, edit } : { ...now, refusedEdit: edit };

export const emptyDraft: Draft = { text: '', replyTo: null, edit: null };
/** So long after the last key a draft is stored. */
const idleMs = 300;
const draftKeys = 'confab.draft.';

/** Earlier versions kept drafts without a person's id, so they may be anybody's. */
function dropUnowned(storage: Storage): void {
  for (const key of Object.keys(storage))
    if (key.startsWith(draftKeys) && !key.slice(draftKeys.length).includes('.')) storage.removeItem(key);
}

function read(storage: Storage, key: string): Draft {
  try {
    const kept = JSON.parse(storage.getItem(key) ?? '{}') as { text?: unknown; replyTo?: unknown };
    return {
      text: typeof kept.text === 'string' ? kept.text : '',
      replyTo: typeof kept.replyTo === 'string' ? kept.replyTo : null,
      edit: null,
    };
  } catch {
    return emptyDraft;
  }
}

const isEmpty = ({ text, replyTo }: Draft): boolean => text === '' && replyTo === null;

function write(storage: Storage, key: string, draft: Draft): void {
  const { text, replyTo } = draft;
  try {
    if (isEmpty(draft)) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify({ text, replyTo }));
  } catch {
    // A full or refused storage costs only the memory of the draft over a reload.
  }
}
