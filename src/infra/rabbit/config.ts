import { serverUrl } from '../../kernel/config/server-url.ts';
import { choice } from '../../kernel/config/texts.ts';
import { defineConfig, variable } from '../../kernel/config/variable.ts';
import { withoutSecrets } from '../../kernel/server-address.ts';

export const rabbitConfig = defineConfig({
  title: 'RabbitMQ',
  variables: {
    amqpUrl: variable({
      name: 'AMQP_URL',
      meaning:
        'a RabbitMQ 3.10 or later, `amqp://` or `amqps://`, with a virtual host as its path; where the processes of a split team meet',
      is: serverUrl(['amqp', 'amqps'], 'amqp://user:password@host/team'),
      example: 'amqp://confab:password@rabbit.internal/team',
      shown: withoutSecrets,
    }),
    ingest: variable({
      name: 'CONFAB_INGEST',
      meaning:
        '`queue`: messages for a `chat` in another process wait at RabbitMQ until they are stored (section Split); needs `AMQP_URL`. `direct`: they do not',
      is: choice('direct', 'queue'),
      default: 'direct',
    }),
  },
  contradictions: ({ ingest, amqpUrl }) =>
    ingest === 'queue' && amqpUrl === undefined
      ? [
          {
            between: ['CONFAB_INGEST', 'AMQP_URL'],
            fault: 'CONFAB_INGEST is queue: name the RabbitMQ where messages wait in AMQP_URL, as amqp://user:password@host/team.',
          },
        ]
      : [],
});
