import { served, type Served } from '../../../test/harness/served.ts';
import type { Route } from '../../contracts/define.ts';
import { createMetrics } from '../../infra/telemetry/prometheus-metrics.ts';
import type { AuditTrail } from '../../kernel/audit.ts';
import { LocalRoutes, type RouteImplementation } from '../../kernel/routes.ts';
import { type Logger, silentLogger } from '../../kernel/telemetry/logger.ts';
import { SignedLinks } from '../../kernel/signed-links.ts';
import { addressReader } from '../address.ts';
import { issuer, type PipelineFixture } from '../call-pipeline.fixture.ts';
import { CallPipeline } from '../call-pipeline.ts';
import { type Limits, unlimited } from '../limits.ts';
import { OriginPolicy } from '../origin.ts';
import { Sessions } from '../sessions.ts';
import { httpTransport } from './http-transport.ts';
import { RefreshCookie } from './refresh-cookie.ts';
import { UnreadAnswers } from './unread-answers.ts';

/** What links are signed under. */
export const linkSecret = 'the secret of a test, which nobody guesses';

interface TransportOptions {
  readonly publicUrl?: string;
  readonly limits?: Limits;
  readonly audit?: AuditTrail;
  readonly logger?: Logger;
  readonly routes?: readonly RouteImplementation[];
}

const noAudit: AuditTrail = { begin: () => Promise.resolve(''), end: () => Promise.resolve(), list: () => Promise.resolve([]) };

/** The HTTP transport before what a fixture serves on its bus, on a free port. */
export function serveTransport({ bus, clock }: PipelineFixture, options: TransportOptions = {}): Promise<Served> {
  const { publicUrl = issuer, limits = unlimited, audit = noAudit, logger = silentLogger, routes = [] } = options;
  const caller = new LocalRoutes();
  for (const implementation of routes) caller.serve(implementation);
  const mounted: readonly Route[] = routes.map(({ route }) => route);
  const parts = {
    pipeline: new CallPipeline({ bus, limits, audit, logger }),
    limits,
    sessions: new Sessions({ bus, clock, issuer }),
    links: new SignedLinks(linkSecret),
    origins: new OriginPolicy({ publicUrl, extra: [], publicUrlIsGiven: true }),
    cookie: new RefreshCookie({ secure: true, lifeSeconds: 60 }),
    addressOf: addressReader([]),
    unread: new UnreadAnswers({ logger, metrics: createMetrics() }),
  };
  return served(
    httpTransport(parts, {
      health: { add: () => undefined, run: () => Promise.resolve([]) },
      metrics: createMetrics(),
      metricsToken: null,
      isStopping: () => false,
      serves: (operation) => bus.serves(operation),
      routes: { mounted, caller },
      about: { version: '1', publicUrl },
      showsReference: true,
      webFolder: '/no/such/folder',
    }),
  );
}
