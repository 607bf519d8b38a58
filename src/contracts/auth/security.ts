import { z } from 'zod';
import { event } from '../define.ts';
import { Id, Timestamp } from '../primitives.ts';
import { Role } from './accounts.ts';

/**
 * Its person is to know of it, to notice what they did not do themselves. `device` and `address`: where it was done from, for `signed_out` the device whose
 * session ended; both empty where an admin did it. `role`: the new one of `role_changed`.
 */
export const securityNoted = event({
  name: 'auth.securityNoted',
  summary: 'Something happened that matters to the security of an account',
  delivery: 'event',
  payload: z.strictObject({
    userId: Id,
    what: z.enum(['new_device', 'password_changed', 'role_changed', 'signed_out', 'token_reused']),
    device: z.string(),
    address: z.string(),
    role: Role.nullable(),
    at: Timestamp,
  }),
});
