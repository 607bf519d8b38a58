import { securityNoted } from '../../contracts/auth/security.ts';
import type { Payload } from '../../contracts/define.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { AuthTransaction, Place } from './ports.ts';

type Noted = Payload<typeof securityNoted>;

interface Concerned extends Pick<Noted, 'userId' | 'what'> {
  /** Absent: an admin did it. */
  readonly place?: Place;
  readonly role?: Noted['role'];
}

/** Published with the change itself. */
export function noteSecurity(
  { publish }: Pick<AuthTransaction, 'publish'>,
  clock: Pick<Clock, 'timestamp'>,
  { userId, what, place = { device: '', address: '' }, role = null }: Concerned,
): void {
  publish(securityNoted, { userId, what, device: place.device, address: place.address, role, at: clock.timestamp() });
}
