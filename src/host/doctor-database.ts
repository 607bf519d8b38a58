import { countUsers } from '../contracts/auth/accounts.ts';
import { readSetupLink } from '../contracts/auth/team.ts';
import type { Config } from './config.ts';
import type { Finding } from '../kernel/health.ts';
import { openCliApp } from './cli-app.ts';
import { errorText } from '../kernel/errors.ts';

/** What only the database knows. */
export async function overviewChecks(config: Config): Promise<Finding[]> {
  try {
    const cliApp = await openCliApp(config);
    try {
      const { users, active } = await cliApp.ask(countUsers, {});
      const { url } = await cliApp.ask(readSetupLink, {});
      const { deadLetters, failedJobs } = await cliApp.troubles();
      return [
        { ok: true, what: `the database (${cliApp.place}) answers, is durable and up to date` },
        {
          ok: true,
          what:
            url === null ? `the team is set up: ${String(active)} of ${String(users)} accounts are open` : `no team yet: confab setup-link`,
        },
        { ok: deadLetters === 0, what: `${String(deadLetters)} dead letters${deadLetters === 0 ? '' : ': see the admin console'}` },
        { ok: failedJobs === 0, what: `${String(failedJobs)} failed jobs${failedJobs === 0 ? '' : ': see the admin console'}` },
      ];
    } finally {
      await cliApp.close();
    }
  } catch (error) {
    return [{ ok: false, what: `database: ${errorText(error)}` }];
  }
}
