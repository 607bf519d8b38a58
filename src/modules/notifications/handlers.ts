import * as contract from '../../contracts/notifications/index.ts';
import { handles, type Implementation } from '../../kernel/bus/bus.ts';
import { handleChangePreferences } from './operations/change-preferences.ts';
import { handleGetPreferences } from './operations/get-preferences.ts';
import { handleSetConversationRule } from './operations/set-conversation-rule.ts';
import type { NotificationsParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: NotificationsParts) => Implementation)[] = [
  handles(contract.changePreferences, handleChangePreferences),
  handles(contract.getPreferences, handleGetPreferences),
  handles(contract.setConversationRule, handleSetConversationRule),
];
