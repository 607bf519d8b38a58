import type { Input, Output } from '../../../contracts/define.ts';
import type { testChannel } from '../../../contracts/notifications/channels.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { waysOf } from '../channels.ts';
import { mailReaderOf } from '../mail-reader.ts';
import type { NotificationsParts } from '../parts.ts';

type Parts = Pick<NotificationsParts, 'channels' | 'subscriptions' | 'arrivals' | 'lookups' | 'clock'>;

/** Pushes go the way of every other event. A mail goes at once, so that the words of the mail server can be answered. */
export async function handleTestChannel(
  parts: Parts,
  { channel }: Input<typeof testChannel>,
  context: Context,
): Promise<Output<typeof testChannel>> {
  const { userId } = requireActor(context);
  const way = waysOf(parts.channels).find((one) => one.channel === channel);
  if (way?.off !== null) throw conflict(way?.off ?? 'This server has no such channel.');
  return channel === 'mail' ? mailed(parts, userId) : pushed(parts, userId, channel === 'fcm' ? 'fcm' : 'webpush');
}

async function pushed(
  { subscriptions, arrivals, clock }: Parts,
  userId: string,
  kind: 'fcm' | 'webpush',
): Promise<Output<typeof testChannel>> {
  const own = (await subscriptions.of([userId])).filter((one) => one.kind === kind);
  if (own.length === 0) throw conflict('No device of yours gets notifications by this channel.');
  const tests = own.map(({ id, device }) => ({ subscriptionId: id, device, eventId: newId() }));
  await Promise.all(
    tests.map(({ subscriptionId, eventId }) =>
      arrivals.add({ kind: 'test', eventId, userId, subscriptionId, createdAt: clock.timestamp() }),
    ),
  );
  return { sent: tests.map(({ eventId, device }) => ({ eventId, device })), answer: null };
}

async function mailed({ channels, lookups }: Parts, userId: string): Promise<Output<typeof testChannel>> {
  const person = (await lookups.people([userId])).get(userId);
  if (!person || !channels.mail) throw notFound();
  const { mailer, writer } = channels.mail;
  const { outcome, detail } = await mailer.send(writer.test(mailReaderOf(person), { eventId: newId() }));
  return { sent: [], answer: { ok: outcome === 'accepted', detail } };
}

const conflict = (detail: string): AppError => new AppError('conflict', { detail });
