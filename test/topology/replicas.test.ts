import { openReplicas, type Replicas } from '../harness/replicas.ts';
import { requireService } from '../harness/services.ts';
import { scenarios } from '../scenarios/all.ts';

/** The scenarios of one process, played on three equal nodes: each device of a person is on another of them. */
requireService('redis').describe('replicas', (url) => {
  let replicas: Replicas;
  let number = 0;

  beforeAll(async () => {
    replicas = await openReplicas([url, url, url], { jobs: 'redis' });
  });
  afterAll(() => replicas.close());

  for (const [name, play] of Object.entries(scenarios)) {
    test(name, async () => {
      await play(replicas.team.scene(`r${String(++number)}`));
    });
  }
});
