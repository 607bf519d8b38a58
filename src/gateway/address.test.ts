import type { IncomingMessage } from 'node:http';
import { addressReader } from './address.ts';

const request = (remoteAddress: string | undefined, forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress },
    connection: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

test.each([
  ['a direct caller', [], '203.0.113.9', undefined, '203.0.113.9'],
  ['a direct caller who claims to be another', [], '203.0.113.9', '10.0.0.1', '203.0.113.9'],
  ['an untrusted proxy', ['10.0.0.0/8'], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a caller behind a trusted proxy', ['10.0.0.0/8'], '10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['a caller behind two trusted proxies', ['10.0.0.0/8'], '10.0.0.1', '198.51.100.1, 10.0.0.2', '198.51.100.1'],
  ['a caller behind a trusted proxy who claims to be another', ['10.0.0.0/8'], '10.0.0.1', '192.0.2.66, 198.51.100.1', '198.51.100.1'],
  ['a caller behind the proxy of this machine', ['loopback'], '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['a trusted proxy that forwards nothing', ['loopback'], '127.0.0.1', undefined, '127.0.0.1'],
  ['an IPv4 caller on an IPv6 socket', [], '::ffff:203.0.113.9', undefined, '203.0.113.9'],
  ['a trusted proxy on an IPv6 socket', ['10.0.0.1'], '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['a caller whose proxy adds the port', ['loopback'], '127.0.0.1', '198.51.100.1:51234', '198.51.100.1'],
  ['a caller whose proxy forwards a word', ['loopback'], '127.0.0.1', 'unknown', '127.0.0.1'],
  ['a caller who sends a word through two proxies', ['loopback', '10.0.0.0/8'], '127.0.0.1', 'evil, 10.0.0.2', '10.0.0.2'],
  ['a caller who sends a word in place of an address', ['loopback'], '127.0.0.1', '_hidden-1, 198.51.100.1', '198.51.100.1'],
  ['a caller on an interface', [], 'fe80::1%eth0', undefined, 'fe80::1'],
  ['a caller who is gone', ['loopback'], undefined, '198.51.100.1', ''],
])('%s is known by their own address', (_who, trusted, remote, forwarded, expected) => {
  expect(addressReader(trusted)(request(remote, forwarded))).toBe(expected);
});

test('a malformed proxy range is refused at boot', () => {
  expect(() => addressReader(['10.0.0.0/99'])).toThrow();
});
