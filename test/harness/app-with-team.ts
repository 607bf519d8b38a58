import { openTestApp, type TestApp, type TestAppOptions } from './app.ts';
import { Team } from './team.ts';

export interface AppWithTeam {
  readonly app: TestApp;
  readonly team: Team;
  /** Closes every device, then the app. */
  close(): Promise<void>;
}

/** A app of its own in which the team is set up. */
export async function openAppWithTeam(options?: TestAppOptions): Promise<AppWithTeam> {
  const app = await openTestApp(options);
  const team = await Team.create([app.url], app.config.dataDir);
  return {
    app,
    team,
    close: async () => {
      await team.leaves();
      await app.close();
    },
  };
}
