import { addSubscription, getPushKey, removeEndpoint } from '../../../src/contracts/notifications/subscriptions.ts';
import type { WorkerAccount } from '../../../client/worker-account.ts';
import { subscribed, subscriptionFields } from '../shared/browser/push-subscription.ts';
import type { SubscriptionChanged, WorkerScope } from './scope.ts';

export interface ChangeParts {
  readonly scope: Pick<WorkerScope, 'registration'>;
  /** Whose pushes this browser asked for. */
  readonly ownerId: () => Promise<string | null>;
  readonly account: Pick<WorkerAccount, 'call'>;
  /** Of the browser. */
  readonly language: 'en' | 'ru';
}

/**
 * The browser replaced its subscription, or took it away: the server gets the one that counts now. Not every browser says so, and a server may be out of
 * reach: each start of the page makes up for it.
 */
export async function onSubscriptionChange({ oldSubscription }: SubscriptionChanged, parts: ChangeParts): Promise<void> {
  const { scope, ownerId, account, language } = parts;
  const owner = await ownerId();
  if (owner === null) return;
  const { publicKey } = await account.call(owner, getPushKey, {});
  if (publicKey === null) return;
  const subscription = await subscribed(scope.registration.pushManager, publicKey);
  await account.call(owner, addSubscription, subscriptionFields(subscription, language));
  const former = oldSubscription?.endpoint ?? subscription.endpoint;
  if (former !== subscription.endpoint) await account.call(owner, removeEndpoint, { endpoint: former });
}
