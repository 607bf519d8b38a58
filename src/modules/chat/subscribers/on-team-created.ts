import { teamCreated } from '../../../contracts/auth/team.ts';
import { onEvent, type Subscription } from '../../../kernel/bus/bus.ts';
import { conversationDraft, generalSlot } from '../domain/conversations.ts';
import { conversationOpened } from '../events.ts';
import type { ChatParts } from '../parts.ts';

/** A new team gets a channel for all. Idempotent, since one conversation can have its slot. */
export const onTeamCreated = ({ conversations, clock }: ChatParts): Subscription =>
  onEvent(teamCreated, 'chat.on-team-created', async ({ payload: { ownerId } }) => {
    const draft = conversationDraft({
      kind: 'channel',
      name: 'general',
      slot: generalSlot,
      people: [{ userId: ownerId, role: 'owner' }],
      createdBy: ownerId,
      createdAt: clock.timestamp(),
    });
    await conversations.create(draft, conversationOpened(draft));
  });
