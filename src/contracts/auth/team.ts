import { z } from 'zod';
import { event, operation } from '../define.ts';
import { Id, name, Nothing } from '../primitives.ts';
import { newAccount, RegistrationMode } from './registration.ts';
import { Secret } from './secrets.ts';
import { device, SignedIn } from './sessions.ts';

/** What anyone may know before signing in. */
export const Team = z
  .strictObject({ name: z.string(), setUp: z.boolean(), registration: RegistrationMode, version: z.string() })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof Team>;

export const TeamName = name(80);

export const teamCreated = event({
  name: 'auth.teamCreated',
  summary: 'The team was set up; its set-up token is used',
  delivery: 'event',
  payload: z.strictObject({ ownerId: Id, teamName: z.string() }),
});

export const getTeam = operation({
  name: 'auth.getTeam',
  summary: 'What anyone may know before signing in',
  access: 'public',
  input: Nothing,
  output: Team,
  http: { method: 'GET', path: '/team' },
});

export const setUp = operation({
  name: 'auth.setUp',
  summary: 'Create the team and its owner with the one-time set-up token',
  access: 'public',
  input: z.strictObject({ token: Secret, teamName: TeamName, ...newAccount, ...device }),
  output: SignedIn,
  limit: 'credentials',
  errors: ['already_set_up', 'invalid_token', 'username_reserved', 'weak_password'],
  http: { method: 'POST', path: '/setup', status: 201, session: 'issue', deviceField: 'deviceToken' },
});

export const readSetupLink = operation({
  name: 'auth.readSetupLink',
  summary: 'The one-time set-up link, or null once the team exists',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ url: z.string().nullable(), token: z.string().nullable() }),
});

/** For the host, which prints it: of several processes, one does. */
export const claimSetupLink = operation({
  name: 'auth.claimSetupLink',
  summary: 'The one-time set-up link for the process that shows it; null for every other, and once the team exists',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ url: z.string().nullable() }),
});
