import { eventsMayBeLost } from '../../../contracts/nodes/nodes.ts';
import { onLive, type Subscription } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

/** While events of other nodes may be missing, nothing in memory is trusted. */
export const onEventsMayBeLost = ({ memberships, accounts }: ChatParts): Subscription =>
  onLive(eventsMayBeLost, 'chat.memberships', () => {
    memberships.forgetAll();
    accounts.forgetAll();
  });
