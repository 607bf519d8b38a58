import type { User } from '../../../contracts/auth/accounts.ts';
import { userCreated } from '../../../contracts/auth/accounts.ts';
import { onEvent, type Subscription } from '../../../kernel/bus/bus.ts';
import { isAppError } from '../../../kernel/errors.ts';
import { generalSlot } from '../domain/conversations.ts';
import { joining } from '../joining.ts';
import type { ChatParts } from '../parts.ts';
import { roleFor } from '../people.ts';
import { can } from '../policy.ts';

/** Newcomers come into the channel for all, guests apart, and into what their invite names where the inviter could bring them in. Idempotent. */
export const onUserCreated = (parts: ChatParts): Subscription =>
  onEvent(userCreated, 'chat.on-user-created', async ({ payload: { user, conversationIds, invitedBy } }) => {
    const general = user.role === 'guest' ? null : await parts.conversations.findUnique({ slot: generalSlot });
    if (general !== null) await addTo(parts, general, { user, inviterId: null });
    if (!invitedBy) return;
    for (const id of new Set(conversationIds)) if (id !== general) await addTo(parts, id, { user, inviterId: invitedBy });
  });

/** `inviterId` null: the app itself brings them in. */
async function addTo(
  parts: ChatParts,
  conversationId: string,
  { user, inviterId }: { user: User; inviterId: string | null },
): Promise<void> {
  try {
    await parts.members.change(conversationId, (membership) => {
      if (inviterId !== null) {
        const inviter = { userId: inviterId, role: 'member' } as const;
        const role = membership.roles.get(inviterId) ?? null;
        if (can('invite', { actor: inviter, kind: membership.kind, role }) !== 'allow') return null;
      }
      return joining(membership, [{ userId: user.id, role: roleFor(user) }], { joinedAt: parts.clock.timestamp(), by: null });
    });
  } catch (error) {
    // Removed since the invite was made, or full: no reason to keep the newcomer out of the rest.
    if (!isAppError(error) || (error.code !== 'not_found' && error.code !== 'conflict')) throw error;
  }
}
