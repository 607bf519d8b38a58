import { teamCreated, userCreated } from '../../../contracts/auth/events.ts';
import { react, type Subscription } from '../../../kernel/bus/bus.ts';
import { change, type ChatParts } from '../parts.ts';
import { create } from '../operations/conversations.ts';
import { join } from '../operations/membership.ts';

const generalSlot = 'general';

/** A new team gets a channel for all; newcomers come into it and into what their invite names. Twice is once. */
export const welcoming = (parts: ChatParts): Subscription[] => [
  react(teamCreated, 'chat.on-team-created', async ({ payload: { ownerId } }) => {
    await create(parts, {
      kind: 'channel',
      name: 'general',
      visibility: 'public',
      memberIds: [ownerId],
      creatorId: ownerId,
      slot: generalSlot,
    });
  }),
  react(userCreated, 'chat.on-user-created', async ({ payload: { user, conversationIds } }) => {
    const general =
      user.role === 'guest'
        ? []
        : await parts.kernel.database.query<{ id: string }>('SELECT id FROM chat.conversations WHERE slot = $1', [generalSlot]);
    const existing = await parts.kernel.database.query<{ id: string }>(
      "SELECT id FROM chat.conversations WHERE id = ANY($1::uuid[]) AND kind <> 'direct'",
      [conversationIds],
    );
    for (const id of new Set([...general, ...existing].map((row) => row.id)))
      await change(parts, id, (locked) => join(parts, locked, [user.id]));
  }),
];
