import { countUsers } from '../../contracts/auth/accounts.ts';
import { countMessages } from '../../contracts/chat/messages.ts';
import { readAlarms } from '../../contracts/notifications/channels.ts';
import { countOnline } from '../../contracts/presence/statuses.ts';
import { defineModule } from '../../kernel/module.ts';
import { databaseBytes } from './adapters/database-bytes.ts';
import { handlers } from './handlers.ts';
import { adminNeeds, type AdminParts } from './parts.ts';

/** The state of the app and its settings, for those who run it. */
export const adminModule = defineModule({
  name: 'admin',
  needs: { calls: [countUsers, countMessages, countOnline, readAlarms], kernel: adminNeeds, host: ['version'] },
  create(kernel, { version }) {
    const parts: AdminParts = { kernel, version, startedAt: kernel.clock.now(), databaseBytes: () => databaseBytes(kernel.database) };
    kernel.metrics.gauge('confab_started_at_seconds', 'Unix time at which this node started', () => Math.round(parts.startedAt / 1000));
    return {
      implements: handlers.map((handler) => handler(parts)),
    };
  },
});
