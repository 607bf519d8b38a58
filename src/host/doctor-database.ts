import { countUsers, readSetupLink } from '../contracts/auth/operations.ts';
import type { Config } from './config.ts';
import type { Finding } from './doctor.ts';
import { openOffice } from './office.ts';

/** What only the database can tell. */
export async function overviewChecks(config: Config): Promise<Finding[]> {
  try {
    const office = await openOffice(config);
    try {
      const { users, active } = await office.ask(countUsers, {});
      const { url } = await office.ask(readSetupLink, {});
      const { deadLetters, failedJobs } = await office.troubles();
      return [
        { ok: true, what: `the database (${office.place}) answers, is durable and up to date` },
        {
          ok: true,
          what:
            url === null ? `the team is set up: ${String(active)} of ${String(users)} accounts are open` : `no team yet: confab setup-link`,
        },
        { ok: deadLetters === 0, what: `${String(deadLetters)} dead letters${deadLetters === 0 ? '' : ': see the admin console'}` },
        { ok: failedJobs === 0, what: `${String(failedJobs)} failed jobs${failedJobs === 0 ? '' : ': see the admin console'}` },
      ];
    } finally {
      await office.close();
    }
  } catch (error) {
    return [{ ok: false, what: `database: ${error instanceof Error ? error.message : String(error)}` }];
  }
}
