import { userUpdated } from '../../../contracts/auth/accounts.ts';
import { onLive, type Subscription } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

/** An account in memory is read again after its role or state changed. */
export const onUserUpdated = ({ accounts }: ChatParts): Subscription =>
  onLive(userUpdated, 'chat.accounts', ({ payload: { user } }) => {
    accounts.forget(user.id);
  });
