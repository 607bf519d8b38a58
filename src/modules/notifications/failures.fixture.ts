import { eventually } from '../../../test/harness/eventually.ts';
import type { Actor } from '../../../test/harness/team.ts';
import type { Message } from '../../contracts/chat/messages.ts';
import type { NotificationFailure } from '../../contracts/notifications/failures.ts';
import { newId } from '../../kernel/ids.ts';
import { type NotifiedTeam, subscribes } from './notifications.fixture.ts';

export const wrongSubject = 'the push service: 403 BadJwtToken';

interface Page {
  readonly items: NotificationFailure[];
  readonly nextCursor: string | null;
}

export const failuresOf = (admin: Actor, query = ''): Promise<Page> => admin.api.ok<Page>('GET', `/admin/notifications/failures${query}`);

export const pathOf = ({ eventId, deviceId }: Pick<NotificationFailure, 'eventId' | 'deviceId'>): string =>
  `/admin/notifications/failures/${eventId}/${deviceId}`;

export const says = (actor: Actor, conversationId: string, text = 'Hello'): Promise<Message> =>
  actor.api.ok<Message>('POST', `/conversations/${conversationId}/messages`, { clientMessageId: newId(), text });

/** A message to somebody with one device, whose push the service refuses; answers the failure, and where the device is. */
export async function refusedPush(
  { providers }: NotifiedTeam,
  { admin, sender, receiver }: { admin: Actor; sender: Actor; receiver: Actor },
): Promise<NotificationFailure & { readonly endpoint: string }> {
  const { endpoint, id: subscriptionId } = await subscribes(receiver);
  const { id } = await sender.opens('direct', [receiver]);
  providers.answersAt.set(endpoint, [{ outcome: 'refused', detail: wrongSubject }]);
  const message = await says(sender, id);
  const found = await eventually(async () => {
    const { items } = await failuresOf(admin, `?userId=${receiver.id}`);
    const failure = items.find(({ eventId, deviceId }) => eventId === message.id && deviceId === subscriptionId);
    if (!failure) throw new Error('not refused yet');
    return failure;
  });
  return { ...found, endpoint };
}

/** Nothing that was given up can be sent any more. */
export const endLives = async ({ app }: NotifiedTeam): Promise<void> => {
  await app.kernel.database.query("UPDATE notifications.deliveries SET expires_at = now() - interval '1 minute' WHERE state <> 'waiting'");
};
