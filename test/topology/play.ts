import type { Config } from '../../src/host/config.ts';
import { openHouseWithTeam, type HouseWithTeam } from '../harness/house-with-team.ts';
import { scenarios } from '../scenarios/all.ts';

/** Plays every scenario on one process of this configuration. */
export function playOnOneProcess(config: Partial<Config>): void {
  let opened: HouseWithTeam;
  let number = 0;

  beforeAll(async () => {
    opened = await openHouseWithTeam({ config });
  });

  afterAll(() => opened.close());

  for (const [name, play] of Object.entries(scenarios)) {
    test(name, async () => {
      await play(opened.team.scene(`s${String(++number)}`));
    });
  }
}
