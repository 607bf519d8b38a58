import { call, eachOf, register, type Session, setUp } from './api.ts';
import type { HistoryPlace } from './history.ts';

const conversationsCount = 500;

/** Two people and five hundred groups for a long history. */
export interface HistoryTeam {
  /** In all groups. */
  readonly owner: Session;
  /** In three of the small ones. */
  readonly other: Session;
  readonly conversations: readonly string[];
}

export async function openHistoryTeam(port: number, setupToken: string): Promise<HistoryTeam> {
  const owner = await setUp(port, setupToken);
  const other = await register(port, 'other');
  const conversations = await eachOf(conversationsCount, 8, async (index) => {
    const memberIds = index > 4 && index < 8 ? [other.user.id] : [];
    const body = { kind: 'group', name: `group ${String(index)}`, memberIds };
    return (await call<{ id: string }>(port, { method: 'POST', path: '/conversations', token: owner.accessToken, body })).id;
  });
  return { owner, other, conversations };
}

/** Two people write in the two long groups, one in the others. */
export const placesOf = ({ owner, other, conversations }: HistoryTeam): HistoryPlace[] =>
  conversations.map((id, index) => ({ id, senderIds: index < 2 ? [owner.user.id, other.user.id] : [owner.user.id] }));
