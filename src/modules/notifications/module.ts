import { changeUserSettings, getUserSettings } from '../../contracts/auth/own-settings.ts';
import { getConversation } from '../../contracts/chat/conversations.ts';
import { defineModule } from '../../kernel/module.ts';
import { PostgresRules } from './adapters/rule-store/postgres.ts';
import { handlers } from './handlers.ts';
import type { NotificationsParts } from './parts.ts';

/** Who is notified of what, on which device, once, and why. */
export const notificationsModule = defineModule({
  name: 'notifications',
  needs: { calls: [getUserSettings, changeUserSettings, getConversation], kernel: ['bus', 'database'] },
  create({ bus, database }) {
    const parts: NotificationsParts = { bus, rules: new PostgresRules(database) };
    return { implements: handlers.map((handler) => handler(parts)) };
  },
});
