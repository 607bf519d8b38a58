import { store, type Writable } from '../../shared/state/store.ts';
import { ConversationOrder, sectionIds, type SectionId } from './conversation-order.ts';

/** The conversation list of one person on this device. */
export interface ListState {
  readonly order: ConversationOrder;
  /** Sections of which only the open conversation is shown; kept on the device. */
  readonly collapsed: Writable<readonly SectionId[]>;
}

export function listState(storage: Storage, userId: string | null): ListState {
  const key = `confab.sections.${userId ?? ''}`;
  const collapsed = store(read(storage, key));
  collapsed.subscribe(() => {
    if (userId !== null) write(storage, key, collapsed.get());
  });
  return { order: new ConversationOrder(), collapsed };
}

export const toggled = (collapsed: readonly SectionId[], id: SectionId): readonly SectionId[] =>
  collapsed.includes(id) ? collapsed.filter((one) => one !== id) : [...collapsed, id];

function read(storage: Storage, key: string): readonly SectionId[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? sectionIds.filter((id) => kept.includes(id)) : [];
  } catch {
    // Storage may be refused, or hold what another version wrote.
    return [];
  }
}

function write(storage: Storage, key: string, collapsed: readonly SectionId[]): void {
  try {
    storage.setItem(key, JSON.stringify(collapsed));
  } catch {
    // The choice then lasts as long as the page.
  }
}
