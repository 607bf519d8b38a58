import * as contract from '../../contracts/notifications/index.ts';
import { handles, type Implementation } from '../../kernel/bus/bus.ts';
import { answers, type RouteImplementation } from '../../kernel/routes.ts';
import { handleAddSubscription } from './operations/add-subscription.ts';
import { handleChangePreferences } from './operations/change-preferences.ts';
import { handleConfirmShown } from './operations/confirm-shown.ts';
import { handleGetPreferences } from './operations/get-preferences.ts';
import { handleGetPushKey } from './operations/get-push-key.ts';
import { handleGetTrace } from './operations/get-trace.ts';
import { handleListNotifications } from './operations/list-notifications.ts';
import { handleListSubscriptions } from './operations/list-subscriptions.ts';
import { handleReadNotifications } from './operations/read-notifications.ts';
import { handleRemoveEndpoint } from './operations/remove-endpoint.ts';
import { handleRemoveSubscription } from './operations/remove-subscription.ts';
import { handleSetConversationRule } from './operations/set-conversation-rule.ts';
import { handleTestSubscription } from './operations/test-subscription.ts';
import { handleShowUnsubscribe } from './operations/show-unsubscribe.ts';
import { handleUnsubscribe } from './operations/unsubscribe.ts';
import type { NotificationsParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: NotificationsParts) => Implementation)[] = [
  handles(contract.addSubscription, handleAddSubscription),
  handles(contract.changePreferences, handleChangePreferences),
  handles(contract.confirmShown, handleConfirmShown),
  handles(contract.getPreferences, handleGetPreferences),
  handles(contract.getPushKey, handleGetPushKey),
  handles(contract.getTrace, handleGetTrace),
  handles(contract.listNotifications, handleListNotifications),
  handles(contract.listSubscriptions, handleListSubscriptions),
  handles(contract.readNotifications, handleReadNotifications),
  handles(contract.removeEndpoint, handleRemoveEndpoint),
  handles(contract.removeSubscription, handleRemoveSubscription),
  handles(contract.setConversationRule, handleSetConversationRule),
  handles(contract.testSubscription, handleTestSubscription),
];

export const routeHandlers: readonly ((parts: NotificationsParts) => RouteImplementation)[] = [
  answers(contract.showUnsubscribe, handleShowUnsubscribe),
  answers(contract.unsubscribe, handleUnsubscribe),
];
