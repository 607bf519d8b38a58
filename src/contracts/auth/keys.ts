import { z } from 'zod';
import { operation } from '../define.ts';
import { Nothing, Timestamp } from '../primitives.ts';

export const getKeys = operation({
  name: 'auth.getKeys',
  summary: 'Public keys that verify access tokens (RFC 7517)',
  access: 'public',
  input: Nothing,
  output: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())) }),
  http: { method: 'GET', path: '/.well-known/jwks.json', root: true },
});

/** For the command line: after a leak of the database, of a backup or of the team's secret. */
export const rotateKeys = operation({
  name: 'auth.rotateKeys',
  summary: 'Create another signing key; with `now` the earlier ones end at once, and with them every access token that they signed',
  access: 'internal',
  input: z.strictObject({ now: z.boolean() }),
  output: z.strictObject({ kid: z.string(), signsFrom: Timestamp }),
});
