import { forgetApps } from '../harness/rabbit.ts';
import { openReplicas, type Replicas } from '../harness/replicas.ts';
import { requireService } from '../harness/services.ts';
import { scenarios } from '../scenarios/all.ts';

/** Equal nodes that publish events to each other over RabbitMQ. */
requireService('redis').describe('replicas', (redisUrl) => {
  requireService('rabbitmq').describe('on RabbitMQ', (amqpUrl) => {
    let replicas: Replicas;
    let number = 0;

    beforeAll(async () => {
      replicas = await openReplicas([redisUrl, redisUrl], { amqpUrl });
    });
    afterAll(async () => {
      await replicas.close();
      await forgetApps(amqpUrl, replicas.nodes[0]?.config.secret ?? '');
    });

    for (const [name, play] of Object.entries(scenarios)) {
      test(name, async () => {
        await play(replicas.team.scene(`q${String(++number)}`));
      });
    }
  });
});
