import { changeAvatar } from '../../contracts/auth/avatars.ts';
import { readUsers } from '../../contracts/auth/accounts.ts';
import { changeConversationAvatar } from '../../contracts/chat/avatars.ts';
import { getConversation } from '../../contracts/chat/conversations.ts';
import type { Context } from '../../kernel/context.ts';
import { requireActor } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { avatarUrlOf, tokenIn } from './domain/avatars.ts';
import type { MediaParts } from './parts.ts';
import type { AvatarSubject } from './ports.ts';

type Parts = Pick<MediaParts, 'avatars' | 'bus'>;

/** Gives an uploaded picture to a person or a conversation. Auth and chat keep the address, and decide who may change it. */
export async function setAvatar(parts: Parts, subject: AvatarSubject, pictureId: string, context: Context): Promise<{ avatarUrl: string }> {
  const token = await parts.avatars.give(pictureId, requireActor(context).userId, subject);
  if (token === null) throw notFound();
  const avatarUrl = avatarUrlOf(token);
  try {
    await change(parts, subject, avatarUrl, context);
  } catch (error) {
    await parts.avatars.takeBack(pictureId);
    throw error;
  }
  await settle(parts, subject, pictureId, context);
  return { avatarUrl };
}

export async function removeAvatar(parts: Parts, subject: AvatarSubject, context: Context): Promise<void> {
  await change(parts, subject, null, context);
  await settle(parts, subject, null, context);
}

async function change({ bus }: Parts, { kind, id }: AvatarSubject, avatarUrl: string | null, context: Context): Promise<void> {
  if (kind === 'user') await bus.call(changeAvatar, { userId: id, avatarUrl }, context);
  else await bus.call(changeConversationAvatar, { conversationId: id, avatarUrl }, context);
}

/** Two changes at once: whichever the owner of the address took last stays, so that it is asked. */
async function settle(parts: Parts, subject: AvatarSubject, setId: string | null, context: Context): Promise<void> {
  await parts.avatars.settle(subject, { setId, currentToken: tokenIn(await currentUrl(parts, subject, context)) });
}

async function currentUrl({ bus }: Parts, { kind, id }: AvatarSubject, context: Context): Promise<string | null> {
  if (kind === 'conversation') return (await bus.call(getConversation, { conversationId: id }, context)).avatarUrl;
  const { items } = await bus.call(readUsers, { userIds: [id] }, context);
  return items[0]?.avatarUrl ?? null;
}
