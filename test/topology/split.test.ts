import { requireService } from '../harness/services.ts';
import { onePerModule, openSplit, type Split } from '../harness/split.ts';
import { scenarios } from '../scenarios/all.ts';

/** The scenarios of one process, played on a process for each module and one with the transports. */
requireService('rabbitmq').describe('split', (url) => {
  let split: Split<string>;
  let number = 0;

  beforeAll(async () => {
    split = await openSplit(url, onePerModule);
  });
  afterAll(() => split.close());

  for (const [name, play] of Object.entries(scenarios)) {
    test(name, async () => {
      await play(split.team.scene(`r${String(++number)}`));
    });
  }
});
