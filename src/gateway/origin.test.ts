import { type Logger, silentLogger } from '../kernel/telemetry/logger.ts';
import { OriginPolicy } from './origin.ts';

const configured = new OriginPolicy({
  publicUrl: 'https://chat.example.org',
  extra: ['https://intranet.example.org:8443'],
  publicUrlIsGiven: true,
});
const firstLook = new OriginPolicy({ publicUrl: 'http://localhost:3000', extra: [], publicUrlIsGiven: false });

test('a refusal names the address to the page, and the setting to the log once', () => {
  const warned: unknown[] = [];
  const logger: Logger = { ...silentLogger, warn: (message, fields) => void warned.push([message, fields]) };
  const policy = new OriginPolicy({ publicUrl: 'https://chat.example.org', extra: [], publicUrlIsGiven: true, logger });
  const refuse = () => policy.require({ origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' });
  for (let n = 0; n < 3; n++) expect(refuse).toThrow(expect.objectContaining({ code: 'origin_refused' }) as Error);
  expect(warned).toEqual([
    [
      expect.stringContaining('CONFAB_PUBLIC_URL'),
      expect.objectContaining({ event: 'http.origin_refused', origin: 'http://10.0.0.5:3000' }),
    ],
  ]);
  policy.require({ origin: 'https://chat.example.org', host: 'x' });
  expect(() => policy.require({ origin: 'https://chat.example.org', host: 'x', fetchSite: 'cross-site' })).toThrow();
});

test.each([
  [undefined, 'chat.example.org', true],
  ['https://chat.example.org', 'chat.example.org', true],
  ['https://chat.example.org', 'behind-a-proxy:3000', true],
  ['https://intranet.example.org:8443', 'chat.example.org', true],
  ['http://chat.example.org', 'chat.example.org', false],
  ['https://chat.example.org:8443', 'chat.example.org', false],
  ['https://chat.example.org.evil.net', 'chat.example.org', false],
  ['https://evil.net', 'chat.example.org', false],
  ['https://evil.net', 'evil.net', false],
  ['https://CHAT.example.org', 'chat.example.org', false],
  ['null', 'chat.example.org', false],
  ['', 'chat.example.org', false],
  ['http://localhost:3000', 'localhost:3000', false],
  ['http://192.168.1.5:3000', '192.168.1.5:3000', false],
])('with a public URL, origin %s at host %s: %s', (origin, host, allowed) => {
  expect(configured.allows(origin, host)).toBe(allowed);
});

test.each([
  [undefined, 'anything', true],
  ['http://localhost:3000', 'localhost:3000', true],
  ['http://192.168.1.5:3000', '192.168.1.5:3000', true],
  ['https://192.168.1.5', '192.168.1.5', true],
  ['http://[fe80::1]:3000', '[fe80::1]:3000', true],
  ['http://192.168.1.6:3000', '192.168.1.5:3000', false],
  ['http://localhost:4000', '127.0.0.1:3000', false],
  ['http://rebound.evil.net:3000', 'rebound.evil.net:3000', false],
  ['http://localhost.evil.net', 'localhost.evil.net', false],
  ['http://192.168.1.5.evil.net', '192.168.1.5.evil.net', false],
  ['null', 'localhost:3000', false],
  ['http://192.168.1.5:3000', undefined, false],
])('on a first look, origin %s at host %s: %s', (origin, host, allowed) => {
  expect(firstLook.allows(origin, host)).toBe(allowed);
});
