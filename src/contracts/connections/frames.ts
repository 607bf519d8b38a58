import { z } from 'zod';
import { commandFrame, sentFrame } from '../define.ts';
import { Counter, Id, Timestamp } from '../primitives.ts';

export const conversationHeads = sentFrame({
  name: 'conversation:heads',
  summary: 'Conversations that changed by now, with the rev of each: ask `sync` for those whose rev is above the known one',
  payload: z.strictObject({ heads: z.record(Id, Counter) }),
});

export const serverMoving = sentFrame({
  name: 'server:moving',
  summary: 'This server stops: connect again after `retryAfterMs`, of which each connection gets another value',
  payload: z.strictObject({ retryAfterMs: z.int().min(0) }),
});

export const sessionExpired = sentFrame({
  name: 'session:expired',
  summary: 'The access token of this connection has ended, and the server closes it: refresh, and connect with the new token',
  payload: z.strictObject({}),
});

export const sessionRevoked = sentFrame({
  name: 'session:revoked',
  summary: 'The session has ended, and the server closes the connection: sign in again',
  payload: z.strictObject({ reason: z.string() }),
});

export const renewSession = commandFrame({
  name: 'session:renew',
  summary: 'Continue with a new access token of the same session',
  payload: z.strictObject({ token: z.string().min(1).max(4096) }),
  ack: z.strictObject({ expiresAt: Timestamp }),
});
