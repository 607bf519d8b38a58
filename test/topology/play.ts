import { openTestHouse, type TestHouse } from '../harness/house.ts';
import type { Config } from '../../src/host/config.ts';
import { Team } from '../harness/team.ts';
import { scenarios } from '../scenarios/all.ts';

/** Plays every scenario on one process of this configuration. */
export function playOnOneProcess(config: Partial<Config>): void {
  let house: TestHouse;
  let team: Team;
  let number = 0;

  beforeAll(async () => {
    house = await openTestHouse({ config });
    team = await Team.create([house.url], house.config.dataDir);
  });

  afterAll(async () => {
    await team.leaves();
    await house.close();
  });

  for (const [name, play] of Object.entries(scenarios)) {
    test(name, async () => {
      await play(team.scene(`s${String(++number)}`));
    });
  }
}
