import { startEmbedded } from '../../src/infra/postgres/embedded/embedded-server.ts';
import { silentLogger } from '../../src/kernel/telemetry/logger.ts';

/** A process that holds the embedded server of a directory until it is killed; says its postmaster once it is ready. */
const server = await startEmbedded({ dataDir: process.argv[2] ?? '', logger: silentLogger });
process.stdout.write(`${JSON.stringify({ url: server.url, pid: await server.pid() })}\n`);
setInterval(() => undefined, 60_000);
