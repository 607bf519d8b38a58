import type { IncomingMessage } from 'node:http';
import { HealthChecks } from '../kernel/health-checks.ts';
import { type Logger, silentLogger } from '../kernel/telemetry/logger.ts';
import { addressReader } from './address.ts';
import { ProxyWatch } from './proxy-watch.ts';

const request = (remoteAddress: string, headers: Record<string, string>): IncomingMessage =>
  ({ socket: { remoteAddress }, connection: { remoteAddress }, headers }) as unknown as IncomingMessage;
const forwarded = { 'x-forwarded-for': '198.51.100.1' };

function watched(trusted: readonly string[]) {
  const warned: unknown[] = [];
  const logger: Logger = { ...silentLogger, warn: (_message, fields) => void warned.push(fields) };
  const health = new HealthChecks();
  const watch = new ProxyWatch({ logger, health });
  return { warned, health, read: addressReader(trusted, watch.look) };
}

test.each<[string, readonly string[], string, Record<string, string>]>([
  ['on this machine', [], '127.0.0.1', forwarded],
  ['on this machine by IPv6', [], '::1', forwarded],
  ['in the network of containers', ['loopback'], '::ffff:172.18.0.1', forwarded],
  ['in a private IPv6 network', [], 'fd00::7', forwarded],
  ['that speaks RFC 7239', [], '10.0.0.9', { forwarded: 'for=198.51.100.1' }],
])('a proxy %s that is not trusted is logged once, with the name of the setting', async (_where, trusted, peer, headers) => {
  const { warned, health, read } = watched(trusted);
  expect(await health.run()).toEqual([]);
  for (let n = 0; n < 3; n++) read(request(peer, headers));
  expect(warned).toEqual([expect.objectContaining({ event: 'http.proxy_untrusted', setting: 'CONFAB_TRUSTED_PROXIES' })]);
  expect(await health.run()).toEqual([
    { name: 'proxy', ok: false, required: false, detail: expect.stringContaining('CONFAB_TRUSTED_PROXIES') },
  ]);
});

test.each<[string, readonly string[], string, Record<string, string>]>([
  ['a proxy that is trusted', ['loopback'], '127.0.0.1', forwarded],
  ['a caller of this machine without a proxy', [], '127.0.0.1', {}],
  ['a stranger who claims to be a proxy', [], '203.0.113.9', forwarded],
])('%s is not logged', (_who, trusted, peer, headers) => {
  const { warned, read } = watched(trusted);
  read(request(peer, headers));
  expect(warned).toEqual([]);
});
