import { workerAccount } from '../../../client/worker-account.ts';
import { pushOwner } from '../shared/browser/push-owner.ts';
import { confirmShown } from './confirm-shown.ts';
import { onPress } from './on-press.ts';
import { onPush } from './on-push.ts';
import { onSubscriptionChange } from './on-subscription-change.ts';
import type { WorkerScope } from './scope.ts';

// Nothing of the page is cached here: this worker shows notifications, and the page works without it.
const scope = self as unknown as WorkerScope;
const account = workerAccount({ locks: (scope.navigator as { locks?: LockManager }).locks });
const owner = pushOwner(indexedDB);
const language = navigator.language.startsWith('ru') ? 'ru' : 'en';

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
const ownerId = () => owner.get();
scope.addEventListener('push', (event) => event.waitUntil(onPush(event, { scope, ownerId, confirmShown, language })));
scope.addEventListener('notificationclick', (event) => event.waitUntil(onPress(event, { scope, account, answerWithinMs: 1_000 })));
scope.addEventListener('pushsubscriptionchange', (event) =>
  event.waitUntil(onSubscriptionChange(event, { scope, ownerId, account, language }).catch(() => undefined)),
);
