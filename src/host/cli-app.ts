import type { Operation, Output, RawInput } from '../contracts/define.ts';
import { audited } from '../kernel/audit.ts';
import { systemContext } from '../kernel/context.ts';
import { createLogger } from '../infra/telemetry/winston-logger.ts';
import type { Config } from './config.ts';
import { buildModules, definitions, moduleNames } from './modules.ts';
import { openKernel } from './open-kernel.ts';
import { withoutSecrets } from '../kernel/server-address.ts';
import { openDatabaseLocation } from './database-location.ts';
import { privateDirectory } from '../infra/files/private-files.ts';
import { withRememberedAddress } from './public-address.ts';
import { teamSecret } from './secret.ts';

/** The app without transports, for the command line: on a running server's database, or on its own start of it. */
export interface CliApp {
  ask<O extends Operation>(operation: O, input: RawInput<O>, waitMs?: number): Promise<Output<O>>;
  /** The same for what changes something: it leaves a row in the audit log. */
  change<O extends Operation>(operation: O, input: RawInput<O>, waitMs?: number): Promise<Output<O>>;
  /** Where the team's database is, in words. */
  readonly place: string;
  /** What waits for a person in the admin console. */
  troubles(): Promise<{ deadLetters: number; failedJobs: number }>;
  close(): Promise<void>;
}

const usualWaitMs = 30_000;

export async function openCliApp(given: Config): Promise<CliApp> {
  const config = await withRememberedAddress(given);
  const logger = createLogger({ level: config.logLevel === 'debug' ? 'debug' : 'error', pretty: config.prettyLogs });
  await privateDirectory(config.dataDir);
  const secret = await teamSecret(config.secret, config.dataDir);
  const database = await openDatabaseLocation(config, logger, { shared: true });
  const { kernel, bus, close } = await openKernel({ config, at: database, secret, logger, relays: false });
  // Whatever the servers run: here every module is at hand.
  const { modules } = await buildModules(kernel, bus, { config: { ...config, modules: moduleNames }, secret, definitions });
  // Keys and the set-up token must be there, also before the server's first start.
  for (const module of modules) await module.start?.();
  return {
    ask: (operation, input, waitMs = usualWaitMs) => bus.call(operation, input, systemContext('cli', waitMs)),
    change: (operation, input, waitMs = usualWaitMs) => {
      const context = systemContext('cli', waitMs);
      return audited(kernel.audit, { operation, input, context }, () => bus.call(operation, input, { ...context, isAudited: true }));
    },
    place: database.kind === 'embedded' ? `embedded in ${config.dataDir}` : withoutSecrets(database.url),
    troubles: async () => ({ deadLetters: await kernel.deliveries.countDead(), failedJobs: await kernel.jobs.countFailed() }),
    close: async () => {
      for (const module of modules.toReversed()) await module.stop?.();
      await bus.stop();
      await close();
      await database.stop();
    },
  };
}
