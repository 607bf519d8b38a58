import { isLoopback, isLoopbackUrl, isPrivateUrl, networkOf, plainAddress, widerNetworkOf } from './network.ts';

test.each([
  ['192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
  ['192.0.2.7:51234', '192.0.2.7', '192.0.2.0/24'],
  ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
  ['::FFFF:192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
  ['::ffff:c000:207', '192.0.2.7', '192.0.2.0/24'],
  ['0:0:0:0:0:ffff:c000:0207', '192.0.2.7', '192.0.2.0/24'],
  ['[::ffff:192.0.2.7]:443', '192.0.2.7', '192.0.2.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['[2001:db8:1:2::9]', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['[2001:db8:1:2::9]:8443', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['2001:db8:1:2:3:4:192.0.2.7', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['::1', '0:0:0:0::/64', '0:0:0::/48'],
  ['::', '0:0:0:0::/64', '0:0:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
  ['fe80::1%25eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
  ['', '', ''],
  ['unknown', 'unknown', 'unknown'],
])('%j belongs to the network %j within %j', (address, network, wider) => {
  expect([networkOf(address), widerNetworkOf(address)]).toEqual([network, wider]);
});

test('what is no address makes a short key', () => {
  expect(networkOf('x'.repeat(10_000))).toHaveLength(64);
  expect(widerNetworkOf(':'.repeat(10_000))).toHaveLength(64);
});

test.each([
  ['::ffff:127.0.0.1', '127.0.0.1'],
  ['::ffff:7f00:1', '127.0.0.1'],
  ['127.0.0.1:8080', '127.0.0.1'],
  ['2001:db8::9', '2001:db8::9'],
])('%j is plainly %j', (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['::2', false],
  ['127.evil.net', false],
  ['', false],
])('%j is this machine: %j', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

test.each([
  ['http://localhost:3000', true, true],
  ['http://127.0.0.1', true, true],
  ['http://[::1]:3000', true, true],
  ['http://192.168.1.5', false, true],
  ['http://172.31.0.1:8080', false, true],
  ['http://172.32.0.1', false, false],
  ['https://chat.example.org', false, false],
  ['https://localhost.example.org', false, false],
  ['https://10.example.org', false, false],
  ['https://127.0.0.1.example.org', false, false],
  ['http://', false, false],
])('%j leads to this machine: %j, to a private network: %j', (url, loopback, isPrivate) => {
  expect([isLoopbackUrl(url), isPrivateUrl(url)]).toEqual([loopback, isPrivate]);
});
