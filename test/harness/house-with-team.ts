import { openTestHouse, type TestHouse, type TestHouseOptions } from './house.ts';
import { Team } from './team.ts';

export interface HouseWithTeam {
  readonly house: TestHouse;
  readonly team: Team;
  /** Closes every device, then the house. */
  close(): Promise<void>;
}

/** A house of its own in which the team is set up. */
export async function openHouseWithTeam(options?: TestHouseOptions): Promise<HouseWithTeam> {
  const house = await openTestHouse(options);
  const team = await Team.create([house.url], house.config.dataDir);
  return {
    house,
    team,
    close: async () => {
      await team.leaves();
      await house.close();
    },
  };
}
