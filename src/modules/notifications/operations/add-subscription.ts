import type { Input, Output } from '../../../contracts/define.ts';
import type { addSubscription } from '../../../contracts/notifications/subscriptions.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { isPrivateUrl } from '../../../kernel/network.ts';
import { nameOfDevice } from '../domain/device-name.ts';
import type { NotificationsParts } from '../parts.ts';
import type { PushTarget } from '../ports.ts';
import { presentSubscription } from '../present.ts';

const atMost = 20;

/** Whether the address may be asked is looked at when it is asked: names lead elsewhere from one moment to the next. */
export async function handleAddSubscription(
  { subscriptions, clock, allowsPrivate }: Pick<NotificationsParts, 'subscriptions' | 'clock' | 'allowsPrivate'>,
  input: Input<typeof addSubscription>,
  context: Context,
): Promise<Output<typeof addSubscription>> {
  const { userId, sessionId } = requireActor(context);
  if (input.kind === 'webpush' && !allowsPrivate) requirePublic(input.endpoint);
  const target: PushTarget =
    input.kind === 'webpush'
      ? { kind: 'webpush', endpoint: input.endpoint, ...input.keys }
      : { kind: 'fcm', token: input.token, platform: input.platform };
  const stored = await subscriptions.put(
    {
      id: newId(),
      userId,
      sessionId,
      target,
      device: input.device === undefined || input.device === '' ? nameOfDevice(context.device) : input.device,
      language: input.language ?? null,
    },
    { now: clock.timestamp(), atMost },
  );
  return presentSubscription(stored, { sessionId, now: clock.now() });
}

function requirePublic(endpoint: string): void {
  const message = !endpoint.startsWith('https:')
    ? 'must be an https address'
    : isPrivateUrl(endpoint)
      ? 'must be an address of the internet: CONFAB_PUSH_ALLOW_PRIVATE allows others'
      : null;
  if (message !== null)
    throw new AppError('validation_failed', { detail: `endpoint: ${message}`, errors: [{ path: 'endpoint', message }] });
}
