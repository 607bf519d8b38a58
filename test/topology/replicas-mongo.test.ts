import { createTestMongo, type TestMongo } from '../harness/mongo.ts';
import { openReplicas, type Replicas } from '../harness/replicas.ts';
import { requireService } from '../harness/services.ts';
import { scenarios } from '../scenarios/all.ts';

requireService('redis').describe('replicas', (redisUrl) => {
  requireService('mongodb').describe('with chat in MongoDB', (url) => {
    const made: TestMongo = createTestMongo(url);
    let replicas: Replicas;
    let number = 0;

    beforeAll(async () => {
      replicas = await openReplicas([redisUrl, redisUrl, redisUrl], { mongoUrl: made.url });
    });
    afterAll(async () => {
      await replicas.close();
      await made.drop();
    });

    for (const [name, play] of Object.entries(scenarios)) {
      test(name, async () => {
        await play(replicas.team.scene(`m${String(++number)}`));
      });
    }
  });
});
