import { changeUserSettings } from '../../../contracts/auth/own-settings.ts';
import type { Input } from '../../../contracts/define.ts';
import type { unsubscribe } from '../../../contracts/notifications/subscriptions.ts';
import { type Context, systemContext } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import type { NotificationsParts } from '../parts.ts';

/** The token says who; it can do nothing else. */
export async function handleUnsubscribe(
  { bus, receipts }: Pick<NotificationsParts, 'bus' | 'receipts'>,
  { input: { token } }: Pick<RouteCall<Input<typeof unsubscribe>>, 'input'>,
): Promise<Response> {
  const userId = receipts.unsubscribed(token);
  if (userId === null) throw notFound();
  const context: Context = { ...systemContext(), actor: { userId, sessionId: userId, role: 'member' } };
  await bus.call(changeUserSettings, { 'notifications.mail': 'off' }, context);
  return new Response('Unsubscribed.\n', { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
