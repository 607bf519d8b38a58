import { securityNoted } from '../../../contracts/auth/security.ts';
import { onEvent, type Subscription } from '../../../kernel/bus/bus.ts';
import { nameOfDevice } from '../domain/device-name.ts';
import type { NotificationsParts } from '../parts.ts';

/** What matters to the security of an account waits to be decided. Idempotent: an event is decided once. */
export const onSecurityNoted = ({ arrivals }: Pick<NotificationsParts, 'arrivals'>): Subscription =>
  onEvent(securityNoted, 'notifications.on-security-noted', ({ id, payload: { userId, what, device, address, role, at } }) => {
    const about = role ?? (device === '' ? '' : nameOfDevice(device));
    return arrivals.add({ kind: 'security', eventId: id, userId, notice: { what, about, address }, createdAt: at });
  });
