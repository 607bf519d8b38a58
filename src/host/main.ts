import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { createLogger } from '../infra/telemetry/winston-logger.ts';
import { type Config, ConfigFault, readConfig, unknownText, unusedText } from './config.ts';
import { Supervisor } from './supervisor.ts';
import { endedNode } from './node-release.ts';
import { version } from './root.ts';
import { setUpWords } from './set-up-words.ts';
import { errorText, errorTrace } from '../kernel/errors.ts';

/** Past this an orderly stop is given up. */
const stopWithinMs = 7_500;

// On one core the helper threads of a collection of young objects run in turns with it, and it waits for each of them.
if (availableParallelism() === 1) setFlagsFromString('--no-parallel-scavenge');
// Whatever this process and the programs it starts write is for its own user.
process.umask(0o077);
// Whoever reads what is printed may go away. Unheard, that would be an uncaught error, which is printed, which is an error…
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
const config = configOrExit();
const logger = createLogger({ level: config.logLevel, pretty: config.prettyLogs });
process.on('unhandledRejection', (error) => {
  logger.error('a promise was rejected and not handled: this is a bug', {
    event: 'process.unhandled_rejection',
    error: errorTrace(error),
  });
});
process.on('uncaughtException', (error) => {
  logger.error('an error was not caught: this is a bug; stopping', { event: 'process.uncaught_exception', error: error.stack });
  end(1);
});
let supervisor: Supervisor | null = null;
const ending = { begun: false };
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    logger.info('stopping', { event: 'app.stopping', signal });
    end(0);
  });
}
if (config.rateLimits === 'off')
  logger.warn('rate limits and login throttles are off: for benches and tests only', { event: 'config.limits_off' });
for (const name of config.unused) logger.warn(unusedText(name), { event: 'config.unused' });
for (const stranger of config.unknown) logger.warn(unknownText(stranger), { event: 'config.unknown' });
const ended = endedNode(process.versions.node, new Date());
if (ended !== null) logger.warn(ended, { event: 'boot.node_ended' });
try {
  supervisor = await Supervisor.start(config, logger);
  const { app } = supervisor;
  logger.info('ready', {
    event: 'app.ready',
    version,
    port: app.port,
    url: config.publicUrl,
    dataDir: config.dataDir,
    modules: config.modules,
    transports: config.transports,
  });
  if (app.setupUrl !== null) process.stdout.write(setUpWords(app.setupUrl, process.stdout.isTTY));
  if (ending.begun) await supervisor.stop().finally(() => process.exit(0));
} catch (error) {
  logger.error('Confab did not start', { event: 'app.start_failed', error: errorText(error) });
  if (config.logLevel === 'debug')
    logger.debug('where', { event: 'app.start_failed_stack', stack: error instanceof Error ? error.stack : null });
  process.exit(1);
}

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}

function end(code: number): void {
  if (ending.begun) return;
  ending.begun = true;
  setTimeout(() => {
    logger.error('the orderly stop took too long', { event: 'app.stop_late' });
    process.exit(1);
  }, stopWithinMs).unref();
  const stopped = supervisor ? supervisor.stop() : Promise.resolve();
  void stopped.then(() => {
    if (supervisor) process.exit(code);
  });
}
