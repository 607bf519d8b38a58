import { addressReach } from './address-reach.ts';

test.each(['8.8.8.8', '17.188.143.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001:80b::200a', '3000::1'])(
  '%s is an address of the internet',
  (address) => {
    expect(addressReach(address)).toBe('internet');
  },
);

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '100.64.0.1',
  '::1',
  'fd12:3456::1',
  'fc00::1',
  // What the operator's own translator makes of an address of the internet.
  '64:ff9b::8.8.8.8',
  '64:ff9b::808:808',
])('%s leads into a network of the operator', (address) => {
  expect(addressReach(address)).toBe('private');
});

test.each([
  '0.0.0.0',
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2::254',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  // IPv4 in other dress: mapped, compatible, translated, 6to4, Teredo.
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '::ffff:0:127.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b::',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  '3fff::1',
  'localhost',
  '127.1',
  '0x7f000001',
  '2130706433',
  '',
])('%j leads nowhere', (address) => {
  expect(addressReach(address)).toBe('reserved');
});
