import { connect } from 'amqplib';
import { forgetTeam, ownTeam, rabbitServer } from '../../../test/harness/rabbit.ts';
import { requireService } from '../../../test/harness/services.ts';
import { wireSuite } from '../cluster/wire.suite.ts';
import { RabbitWire } from './rabbit-wire.ts';

requireService('rabbitmq').describe('RabbitWire', (url) => {
  wireSuite({
    url,
    team: ownTeam,
    open: async (address, team) => {
      const server = rabbitServer(address, team);
      const wire = new RabbitWire(server, () => ['test.happened']);
      await server.open();
      return {
        wire,
        put: async (content) => {
          const connection = await connect(url);
          const channel = await connection.createConfirmChannel();
          channel.publish(`${team}live`, 'test/happened', content);
          await channel.waitForConfirms();
          await connection.close();
        },
        close: async () => {
          await server.close();
          await forgetTeam(url, team);
        },
      };
    },
  });
});
