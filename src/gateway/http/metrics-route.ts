import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Router } from 'express';
import { AppError, notFound } from '../../kernel/errors.ts';
import { hashSecret } from '../../kernel/ids.ts';
import { isLoopback, isLoopbackUrl } from '../../kernel/network.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';

interface MetricsParts {
  readonly metrics: Metrics;
  readonly metricsToken: string | null;
  readonly about: { readonly publicUrl: string };
}

/**
 * `/metrics`: with the token where one is configured. Without one it answers this machine alone, and only where the public URL is of this
 * machine too: a team with a public URL has a proxy in front, and a proxy on the same machine makes every caller look local.
 */
export function metricsRoute({ metrics, metricsToken, about }: MetricsParts): Router {
  const router = Router();
  const isPublic = !isLoopbackUrl(about.publicUrl);
  router.get('/metrics', async (request, response) => {
    if (metricsToken !== null) requireToken(request, metricsToken);
    else if (isPublic || !isOfThisMachine(request)) throw notFound();
    const { contentType, body } = await metrics.expose();
    response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(body);
  });
  return router;
}

function requireToken({ headers }: IncomingMessage, token: string): void {
  const presented = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (presented === undefined || !sameSecret(presented, token))
    throw new AppError('unauthenticated', { detail: 'Send the metrics token.' });
}

const sameSecret = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(hashSecret(a)), Buffer.from(hashSecret(b)));

/** What proxies add, by their many names. */
const forwarding = /^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-original-.*|x-envoy-.*|.*-?client-ip|.*-connecting-ip|cdn-loop)$/;

/**
 * A direct call from this machine. `Host` is checked against DNS rebinding: a page of elsewhere in a browser on this machine sends its own name.
 * HTTP/1.0 is what a proxy speaks by default that adds no header.
 */
function isOfThisMachine({ socket, headers, httpVersion }: IncomingMessage): boolean {
  if (!isLoopback(socket.remoteAddress ?? '') || httpVersion === '1.0') return false;
  if (!isLoopbackUrl(`http://${headers.host ?? ''}`)) return false;
  return !Object.keys(headers).some((name) => forwarding.test(name));
}
