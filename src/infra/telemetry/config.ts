import { choice } from '../../kernel/config/texts.ts';
import { defineConfig, variable } from '../../kernel/config/variable.ts';

export const telemetryConfig = defineConfig({
  title: 'Logs',
  variables: {
    logLevel: variable({
      name: 'CONFAB_LOG_LEVEL',
      meaning: '`debug`, `info`, `warn` or `error`',
      is: choice('debug', 'info', 'warn', 'error'),
      default: 'info',
    }),
    logFormat: variable({
      name: 'CONFAB_LOG_FORMAT',
      meaning: '`json`, `pretty`, or pretty on a terminal',
      is: choice('auto', 'json', 'pretty'),
      default: 'auto',
    }),
  },
});
