import type { Config } from '../../src/host/config.ts';
import { startApp } from '../../src/host/app.ts';
import { silentLogger } from '../../src/kernel/telemetry/logger.ts';
import { modulesWithEcho } from './echo-module.ts';

/** A gateway in a process of its own, with the configuration of its first argument; says its port, and ends with its parent. */
const app = await startApp(JSON.parse(process.argv[2] ?? '') as Config, silentLogger, modulesWithEcho());
process.stdout.write(`${String(app.port)}\n`);
process.stdin.resume().once('close', () => {
  void app.stop().then(() => process.exit());
});
