import type { WorkerAccount } from '../../../client/worker-account.ts';
import { subscribed, subscriptionFields } from '../shared/browser/push-subscription.ts';
import type { SubscriptionChanged, WorkerScope } from './scope.ts';

export interface ChangeParts {
  readonly scope: Pick<WorkerScope, 'registration'>;
  /** Whose pushes this browser asked for. */
  readonly ownerId: () => Promise<string | null>;
  readonly account: Pick<WorkerAccount, 'pushKey' | 'subscribe'>;
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
  const publicKey = await account.pushKey(owner);
  if (publicKey === null) return;
  const subscription = await subscribed(scope.registration.pushManager, publicKey);
  const former = oldSubscription?.endpoint ?? subscription.endpoint;
  await account.subscribe(owner, subscriptionFields(subscription, language), former === subscription.endpoint ? null : former);
}
