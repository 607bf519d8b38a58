import * as contract from '../../contracts/notifications/index.ts';
import { handles, type Implementation } from '../../kernel/bus/bus.ts';
import { answers, type RouteImplementation } from '../../kernel/routes.ts';
import { handleAddSubscription } from './operations/add-subscription.ts';
import { handleChangePreferences } from './operations/change-preferences.ts';
import { handleCheckChannels } from './operations/check-channels.ts';
import { handleConfirmShown } from './operations/confirm-shown.ts';
import { handleDropFailure } from './operations/drop-failure.ts';
import { handleDropFailures } from './operations/drop-failures.ts';
import { handleGetChannels } from './operations/get-channels.ts';
import { handleGetPreferences } from './operations/get-preferences.ts';
import { handleGetPushKey } from './operations/get-push-key.ts';
import { handleGetTraceOf } from './operations/get-trace-of.ts';
import { handleGetTrace } from './operations/get-trace.ts';
import { handleListFailures } from './operations/list-failures.ts';
import { handleListNotifications } from './operations/list-notifications.ts';
import { handleListSubscriptions } from './operations/list-subscriptions.ts';
import { handleListTraces } from './operations/list-traces.ts';
import { handleMailInvite } from './operations/mail-invite.ts';
import { handleReadAlarms } from './operations/read-alarms.ts';
import { handleReadNotifications } from './operations/read-notifications.ts';
import { handleRemoveEndpoint } from './operations/remove-endpoint.ts';
import { handleRemoveSubscription } from './operations/remove-subscription.ts';
import { handleRetryFailure } from './operations/retry-failure.ts';
import { handleRetryFailures } from './operations/retry-failures.ts';
import { handleSetConversationRule } from './operations/set-conversation-rule.ts';
import { handleShowUnsubscribe } from './operations/show-unsubscribe.ts';
import { handleTestChannel } from './operations/test-channel.ts';
import { handleTestSubscription } from './operations/test-subscription.ts';
import { handleUnsubscribe } from './operations/unsubscribe.ts';
import type { NotificationsParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: NotificationsParts) => Implementation)[] = [
  handles(contract.addSubscription, handleAddSubscription),
  handles(contract.changePreferences, handleChangePreferences),
  handles(contract.checkChannels, handleCheckChannels),
  handles(contract.confirmShown, handleConfirmShown),
  handles(contract.dropFailure, handleDropFailure),
  handles(contract.dropFailures, handleDropFailures),
  handles(contract.getChannels, handleGetChannels),
  handles(contract.getPreferences, handleGetPreferences),
  handles(contract.getPushKey, handleGetPushKey),
  handles(contract.getTrace, handleGetTrace),
  handles(contract.getTraceOf, handleGetTraceOf),
  handles(contract.listFailures, handleListFailures),
  handles(contract.listNotifications, handleListNotifications),
  handles(contract.listSubscriptions, handleListSubscriptions),
  handles(contract.listTraces, handleListTraces),
  handles(contract.mailInvite, handleMailInvite),
  handles(contract.readAlarms, handleReadAlarms),
  handles(contract.readNotifications, handleReadNotifications),
  handles(contract.removeEndpoint, handleRemoveEndpoint),
  handles(contract.removeSubscription, handleRemoveSubscription),
  handles(contract.retryFailure, handleRetryFailure),
  handles(contract.retryFailures, handleRetryFailures),
  handles(contract.setConversationRule, handleSetConversationRule),
  handles(contract.testChannel, handleTestChannel),
  handles(contract.testSubscription, handleTestSubscription),
];

export const routeHandlers: readonly ((parts: NotificationsParts) => RouteImplementation)[] = [
  answers(contract.showUnsubscribe, handleShowUnsubscribe),
  answers(contract.unsubscribe, handleUnsubscribe),
];
