import { createTestMongo, type TestMongo } from '../harness/mongo.ts';
import { requireService } from '../harness/services.ts';
import { onePerModule, openSplit, type Split } from '../harness/split.ts';
import { attachments } from '../scenarios/attachments.ts';

/** The scenarios with files, played on a process for each module where chat is in MongoDB: media, chat and the transports meet by the bus alone. */
requireService('rabbitmq').describe('split', (url) => {
  requireService('mongodb').describe('with chat in MongoDB', (mongo) => {
    const made: TestMongo = createTestMongo(mongo);
    let split: Split<string>;
    let number = 0;

    beforeAll(async () => {
      const parts = Object.entries(onePerModule).map(([name, part]) => [name, { ...part, mongoUrl: made.url }]);
      split = await openSplit(url, Object.fromEntries(parts) as typeof onePerModule);
    });
    afterAll(async () => {
      await split.close();
      await made.drop();
    });

    for (const [name, play] of Object.entries(attachments)) {
      test(name, () => play(split.team.scene(`w${String(++number)}`)));
    }
  });
});
