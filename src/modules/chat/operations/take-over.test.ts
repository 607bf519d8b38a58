import { expect, test } from '@jest/globals';
import type { MemberRole } from '../../../contracts/chat/conversations.ts';
import type { Context } from '../../../kernel/context.ts';
import type { ChatParts } from '../parts.ts';
import type { Decide, Membership, MembersChange } from '../ports.ts';
import { handleTakeOver } from './take-over.ts';

const conversationId = '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f';
const caller = { actor: { userId: 'admin', sessionId: 's', role: 'admin' } } as Context;
const of = (roles: Record<string, MemberRole>): Membership => ({
  membersRev: 1,
  kind: 'group',
  visibility: 'private',
  roles: new Map(Object.entries(roles)),
});

/** A store whose members are others at the write than they were when it was asked; the only owner's account is closed. */
async function decided(before: Membership, atTheWrite: Membership): Promise<MembersChange | null> {
  let change: MembersChange | null = null;
  const parts = {
    clock: { timestamp: () => '2026-02-03T10:00:00.000Z' },
    bus: { call: () => Promise.resolve({ items: [] }) },
    members: {
      membership: () => Promise.resolve(before),
      change: (_id: string, decide: Decide<Membership, MembersChange>) => {
        change = decide(atTheWrite);
        return Promise.resolve();
      },
      page: () => Promise.resolve([]),
    },
    conversations: { findOwn: () => Promise.resolve({ head: {}, role: 'owner' }) },
  } as unknown as ChatParts;
  await handleTakeOver(parts, { conversationId }, caller);
  return change;
}

test('an admin who came in since it was looked becomes the owner all the same', async () => {
  const change = await decided(of({ ana: 'owner' }), of({ ana: 'owner', admin: 'member' }));
  expect(change?.patch).toEqual([{ userId: 'admin', role: 'owner' }]);
});

test('an admin who has left since it was looked comes in as the owner', async () => {
  const change = await decided(of({ ana: 'owner', admin: 'member' }), of({ ana: 'owner' }));
  expect(change?.patch).toEqual([{ userId: 'admin', role: 'owner', joinedAt: '2026-02-03T10:00:00.000Z' }]);
});
