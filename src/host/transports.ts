import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { addressReader } from '../gateway/address.ts';
import { Backlog } from '../gateway/backlog.ts';
import { CallPipeline } from '../gateway/call-pipeline.ts';
import type { MaintenanceMode } from '../gateway/maintenance-mode.ts';
import { limitBodyTime } from '../gateway/http/body-time.ts';
import { httpTransport, type HttpTransportOptions } from '../gateway/http/http-transport.ts';
import type { HttpParts } from '../gateway/http/operation-route.ts';
import { answerOtherUpgrades } from '../gateway/http/other-upgrades.ts';
import { protectiveHeaders, protectiveLines } from '../gateway/http/protection.ts';
import { RefreshCookie } from '../gateway/http/refresh-cookie.ts';
import { UnreadAnswers } from '../gateway/http/unread-answers.ts';
import { memoryLimits, redisLimits, unlimited } from '../gateway/limits.ts';
import { closeServer } from '../infra/http/close-server.ts';
import { OriginPolicy } from '../gateway/origin.ts';
import { ProxyWatch } from '../gateway/proxy-watch.ts';
import { Sessions } from '../gateway/sessions.ts';
import { SocketTransport } from '../gateway/socket/socket-transport.ts';
import { connectionSettings } from '../contracts/connections/team-settings.ts';
import type { Operation } from '../contracts/define.ts';
import type { Bus } from '../kernel/bus/bus.ts';
import { SignedLinks } from '../kernel/signed-links.ts';
import { isLoopbackUrl } from '../kernel/network.ts';
import type { Kernel } from '../kernel/module.ts';
import type { Config } from './config.ts';
import { root, version } from './root.ts';

export interface Transports {
  /** Resolves with the port once it listens. */
  open(): Promise<number>;
  /** Asks sockets to move, lets requests under way end, and closes. */
  close(): Promise<void>;
}

interface TransportOptions {
  readonly config: Config;
  readonly secret: string;
  readonly maintenance: MaintenanceMode;
  readonly isStopping: () => boolean;
  readonly routes: HttpTransportOptions['routes'];
}

const refreshLifeSeconds = 30 * 86_400;
const moveWithinMs = 2_000;
const bodyWithinMs = 60_000;

/** The transports this process opens, on one port. */
export function buildTransports(
  kernel: Kernel,
  bus: Bus,
  { config, secret, maintenance, isStopping, routes }: TransportOptions,
): Transports {
  const { logger, metrics, clock, nodeId } = kernel;
  const shared = sharedParts(kernel, bus, { config, secret, maintenance });
  const server = httpServer(shared, kernel, bus, { config, isStopping, routes });
  shared.unread.watch(server);
  const socketTransport = config.transports.includes('socket')
    ? new SocketTransport({
        ...shared,
        bus,
        clock,
        logger,
        metrics,
        nodeId,
        serves: (operation) => bus.serves(operation),
        fastLane: config.fastLane,
        isOneOfSeveral: config.redisUrl !== undefined || config.amqpUrl !== undefined,
        gatewayCount: () => Math.max(1, bus.nodes().filter(({ transports }) => transports.includes('socket')).length),
      })
    : null;
  if (config.metricsToken === undefined && !isLoopbackUrl(config.publicUrl))
    logger.info('metrics are closed: the public URL is not of this machine; set CONFAB_METRICS_TOKEN to read /metrics', {
      event: 'metrics.closed',
    });
  for (const subscription of socketTransport?.subscriptions() ?? []) bus.subscribe(subscription);
  return {
    open: async () => {
      if (socketTransport) {
        socketTransport.open(server);
        answerOtherUpgrades(server, { socketPath: '/socket.io/', isAnswering: shared.unread.isAnswering });
      }
      // Engine.IO answers its own requests: they get the same headers as all others.
      const protect = protectiveHeaders({ secure: config.publicUrl.startsWith('https:'), mediaOrigin: config.mediaOrigin });
      server.prependListener('request', (request, response) => {
        protect(request, response, () => undefined);
      });
      return listen(server, config);
    },
    close: async () => {
      await closeServer(server, () => socketTransport?.close(moveWithinMs));
      shared.unread.close();
    },
  };
}

/** What both transports are built from. */
function sharedParts(
  kernel: Kernel,
  bus: Bus,
  { config, secret, maintenance }: Pick<TransportOptions, 'config' | 'secret' | 'maintenance'>,
) {
  const { audit, logger, metrics, clock, settings } = kernel;
  const networkScale = (): number => settings.of(connectionSettings).networkScale;
  const limits =
    config.rateLimits === 'off' ? unlimited : kernel.redis ? redisLimits(kernel.redis, networkScale) : memoryLimits(networkScale);
  const backlog = new Backlog();
  const unread = new UnreadAnswers({ logger, metrics });
  backlog.add(unread.waitingOf);
  const sessions = new Sessions({ bus, clock, issuer: config.publicUrl });
  const pipeline = new CallPipeline({ bus, limits, audit, logger, backlog, maintenance, sessions });
  return {
    pipeline,
    limits,
    networkScale,
    backlog,
    unread,
    sessions,
    links: new SignedLinks(secret),
    origins: new OriginPolicy({
      publicUrl: config.publicUrl,
      extra: config.allowedOrigins,
      publicUrlIsGiven: config.publicUrlIsGiven,
      logger,
    }),
    addressOf: addressReader(config.trustedProxies, new ProxyWatch({ logger, health: kernel.health }).look),
  };
}

/** Without the HTTP transport it answers health and metrics alone. */
function httpServer(
  shared: Omit<HttpParts, 'cookie'>,
  { health, metrics }: Kernel,
  bus: Bus,
  { config, isStopping, routes }: Omit<TransportOptions, 'secret' | 'maintenance'>,
): Server {
  const offersHttp = config.transports.includes('http');
  const secure = config.publicUrl.startsWith('https:');
  const app = httpTransport(
    { ...shared, cookie: new RefreshCookie({ secure, lifeSeconds: refreshLifeSeconds }) },
    {
      health,
      metrics,
      metricsToken: config.metricsToken ?? null,
      isStopping,
      serves: (operation: Operation) => offersHttp && bus.serves(operation),
      routes: offersHttp ? routes : { ...routes, mounted: [] },
      about: { version, publicUrl: config.publicUrl },
      mediaOrigin: config.mediaOrigin,
      showsReference: offersHttp && config.showsReference,
      webFolder: join(root, 'dist', offersHttp ? 'web' : 'no-page'),
    },
  );
  const server = createServer({ requestTimeout: 0, headersTimeout: 20_000, keepAliveTimeout: 65_000 }, shared.unread.bounded(app));
  limitBodyTime(server, bodyWithinMs);
  refuseBrokenRequests(server, secure);
  return server;
}

function listenFault(code: string | undefined, { port, host }: Pick<Config, 'port' | 'host'>): string | null {
  if (code === 'EADDRINUSE') return `Port ${String(port)} is in use: stop the other program, or choose another PORT.`;
  if (code === 'EACCES') return `Port ${String(port)} is not for this user: choose a PORT from 1024 on, or put a proxy in front.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `CONFAB_HOST is ${String(host)}, which is no address of this machine: leave it out to listen on all of them.`;
  return null;
}

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(listenFault(error.code, { port, host }) ?? error.message, { cause: error }));
    });
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** What is no HTTP gets one plain answer and nothing else. */
function refuseBrokenRequests(server: Server, secure: boolean): void {
  const headers = [...protectiveLines(secure), 'Connection: close', 'Content-Length: 0'].join('\r\n');
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n`);
  });
}
