import type { Config } from '../../src/host/config.ts';
import { openAppWithTeam, type AppWithTeam } from '../harness/app-with-team.ts';
import { scenarios } from '../scenarios/all.ts';

/** Plays every scenario on one process of this configuration. */
export function playOnOneProcess(config: Partial<Config>): void {
  let opened: AppWithTeam;
  let number = 0;

  beforeAll(async () => {
    opened = await openAppWithTeam({ config });
  });

  afterAll(() => opened.close());

  for (const [name, play] of Object.entries(scenarios)) {
    test(name, async () => {
      await play(opened.team.scene(`s${String(++number)}`));
    });
  }
}
