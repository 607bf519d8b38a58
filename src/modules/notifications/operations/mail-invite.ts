import { listInvites } from '../../../contracts/auth/invites.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { mailInvite } from '../../../contracts/notifications/mails.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { NotificationsParts } from '../parts.ts';

/** Sent while the caller waits: whoever invites learns at once whether the address was taken. Whether the invite is theirs to give is what auth lists to them. */
export async function handleMailInvite(
  { bus, channels: { mail }, lookups }: Pick<NotificationsParts, 'bus' | 'channels' | 'lookups'>,
  { code, email, language }: Input<typeof mailInvite>,
  context: Context,
): Promise<Output<typeof mailInvite>> {
  if (mail?.mailer.off !== null) throw new AppError('conflict', { detail: mail?.mailer.off ?? 'This server sends no mails.' });
  const { userId } = requireActor(context);
  const [{ items }, people] = await Promise.all([bus.call(listInvites, {}, context), lookups.people([userId])]);
  const invite = items.find((one) => one.code === code);
  if (invite?.url === undefined) throw new AppError('invalid_invite');
  const { url, expiresAt } = invite;
  const inviterName = people.get(userId)?.displayName ?? '';
  const reader = { address: email, displayName: '', language, timeZone: 'UTC' };
  const made = mail.writer.invite(reader, { eventId: newId(), url, expiresAt, inviterName });
  const { outcome, detail } = await mail.mailer.send(made);
  return { ok: outcome === 'accepted', detail };
}
