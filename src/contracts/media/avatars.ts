import { z } from 'zod';
import { OneConversation } from '../chat/conversations.ts';
import { OneUser } from '../auth/one-user.ts';
import { operation, route } from '../define.ts';
import { Id, Nothing } from '../primitives.ts';

/** Edges of the squares that are made of a picture, pixels. */
export const avatarEdges = [64, 128, 512] as const;

/** A file that an avatar is made of, bytes. */
export const largestAvatar = 10 * 2 ** 20;

const Pixels = z.int().min(0).max(100_000);

export const uploadAvatar = route({
  name: 'media.uploadAvatar',
  summary:
    'Make squares of a picture (PNG, JPEG, WebP, GIF, HEIC, AVIF), for `PUT /users/me/avatar` or `PUT /conversations/:conversationId/avatar` within an hour. `x`, `y` and `edge` say which part, in pixels of the upright picture; without `edge` its middle',
  access: 'user',
  input: z.strictObject({ x: Pixels.default(0), y: Pixels.default(0), edge: Pixels.min(1).optional() }),
  http: { method: 'POST', path: '/avatars' },
  body: 'raw',
  bodyBytes: largestAvatar,
  deadlineMs: 30_000,
  answer: 'json',
  status: 201,
  output: z.strictObject({ pictureId: Id }),
  errors: ['payload_too_large', 'unsupported_media_type'],
});

/** Whoever has the address may see the picture: it holds 256 random bits, and is shown with the person or the conversation alone (ADR 34). */
export const readAvatar = route({
  name: 'media.readAvatar',
  summary: 'A square picture of a person or a conversation, at the address that `avatarUrl` names; another picture has another address',
  access: 'public',
  input: z.strictObject({
    token: z.string().regex(/^[\w-]{43}$/),
    size: z.enum(['64', '128', '512']).default('128'),
  }),
  http: { method: 'GET', path: '/avatars/:token' },
  limit: 'picture',
  answer: 'stream',
  answerType: 'image/webp',
  errors: ['not_found'],
});

const Picture = z.strictObject({ pictureId: Id });
const AvatarUrl = z.strictObject({ avatarUrl: z.string() });

export const setOwnAvatar = operation({
  name: 'media.setOwnAvatar',
  summary: 'Make an uploaded picture the caller’s own; the one before is removed',
  access: 'user',
  input: Picture,
  output: AvatarUrl,
  http: { method: 'PUT', path: '/users/me/avatar' },
});

export const removeOwnAvatar = operation({
  name: 'media.removeOwnAvatar',
  summary: 'Remove the caller’s picture',
  access: 'user',
  input: Nothing,
  output: Nothing,
  http: { method: 'DELETE', path: '/users/me/avatar', status: 204 },
});

export const removeUserAvatar = operation({
  name: 'media.removeUserAvatar',
  summary: 'Remove the picture of a person',
  access: 'admin',
  input: OneUser,
  output: Nothing,
  http: { method: 'DELETE', path: '/admin/users/:userId/avatar', status: 204 },
});

export const setConversationAvatar = operation({
  name: 'media.setConversationAvatar',
  summary: 'Make an uploaded picture that of a group or channel, as whoever may rename it; the one before is removed',
  access: 'user',
  input: OneConversation.extend({ pictureId: Id }),
  output: AvatarUrl,
  http: { method: 'PUT', path: '/conversations/:conversationId/avatar' },
});

export const removeConversationAvatar = operation({
  name: 'media.removeConversationAvatar',
  summary: 'Remove the picture of a group or channel',
  access: 'user',
  input: OneConversation,
  output: Nothing,
  http: { method: 'DELETE', path: '/conversations/:conversationId/avatar', status: 204 },
});
