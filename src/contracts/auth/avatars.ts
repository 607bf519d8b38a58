import { z } from 'zod';
import { operation } from '../define.ts';
import { Id } from '../primitives.ts';
import { User } from './accounts.ts';

/** The picture itself is kept by media. */
export const changeAvatar = operation({
  name: 'auth.changeAvatar',
  summary: 'Give an account another picture, or none: one’s own, or as an admin who may change the account',
  access: 'internal',
  input: z.strictObject({ userId: Id, avatarUrl: z.string().nullable() }),
  output: User,
});
