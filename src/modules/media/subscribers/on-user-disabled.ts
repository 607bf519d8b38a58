import { userDisabled } from '../../../contracts/auth/accounts.ts';
import { onEvent, type Subscription } from '../../../kernel/bus/bus.ts';
import type { MediaParts } from '../parts.ts';

/** A closed account has no picture; auth has taken the address away with the same change. Idempotent. */
export const onUserDisabled = ({ avatars }: Pick<MediaParts, 'avatars'>): Subscription =>
  onEvent(userDisabled, 'media.on-user-disabled', ({ payload: { userId } }) => avatars.removeOf({ kind: 'user', id: userId }));
