import type { ConversationKind, Visibility } from '../../../contracts/chat/conversations.ts';
import { newId } from '../../../kernel/ids.ts';
import type { ConversationDraft, Person } from '../ports.ts';

/** The channel for all. */
export const generalSlot = 'general';

interface Opening {
  readonly kind: ConversationKind;
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
  readonly visibility?: Visibility | undefined;
  readonly slot?: string;
  readonly people: readonly Person[];
  readonly createdBy: string;
  readonly createdAt: string;
}

/** A conversation that is about to be opened: who opens a group or channel owns it, the two of a direct one are equals. */
export function conversationDraft({ kind, name, topic, visibility, slot, people, createdBy, createdAt }: Opening): ConversationDraft {
  const isDirect = kind === 'direct';
  return {
    id: newId(),
    kind,
    name: isDirect ? null : (name ?? null),
    topic: isDirect ? null : (topic ?? null),
    visibility: visibility ?? (kind === 'channel' ? 'public' : 'private'),
    directKey: isDirect ? directKeyOf(...people.map(({ userId }) => userId)) : null,
    slot: slot ?? null,
    people: isDirect
      ? people.map(({ userId }) => ({ userId, role: 'member' }))
      : people.map((person) => (person.userId === createdBy ? { ...person, role: 'owner' } : person)),
    createdBy,
    createdAt,
  };
}

/** 'lesser id:greater id'; a conversation with oneself has the same id twice. */
export function directKeyOf(...[one = '', other = one]: readonly string[]): string {
  return one < other ? `${one}:${other}` : `${other}:${one}`;
}
