import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { domainToUnicode } from 'node:url';
import { isPlainLabel } from '../text/plain-label.ts';

const longestKey = 64;

/**
 * The network one subscriber holds: an IPv4 address, or the /64 of an IPv6 address, within which addresses cost nothing.
 * One network has one text, however its address is written: zone, port, mapping, letter case and zeros make no difference.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (isIPv4(plain) || !isIPv6(plain)) return plain.slice(0, longestKey);
  return `${groupsOf(plain).slice(0, 4).join(':')}::/64`;
}

/** What a customer of a hosting provider holds at most as a rule: a /48 of IPv6, a /24 of IPv4. */
export function widerNetworkOf(address: string): string {
  const plain = plainAddress(address);
  if (isIPv4(plain)) return `${plain.slice(0, plain.lastIndexOf('.'))}.0/24`;
  if (!isIPv6(plain)) return plain.slice(0, longestKey);
  return `${groupsOf(plain).slice(0, 3).join(':')}::/48`;
}

/** Without the brackets and port that some proxies add, the zone of the interface, and the IPv6 form of an IPv4 address. */
export function plainAddress(address: string): string {
  const bare = (/^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? address).trim().toLowerCase().split('%', 1)[0] ?? '';
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/.exec(bare)?.[1];
  if (withPort !== undefined) return withPort;
  if (!bare.includes(':') || !isIPv6(bare)) return bare;
  const groups = groupsOf(bare);
  const isMapped = groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff';
  return isMapped ? dotted(groups.slice(6)) : bare;
}

/** Whether an address is of this machine itself. */
export function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  return isIPv4(plain) ? plain.startsWith('127.') : isIPv6(plain) && groupsOf(plain).join(':') === '0:0:0:0:0:0:0:1';
}

/** Whether a URL leads to this machine, whatever the network says: `localhost`, or an address of loopback. */
export function isLoopbackUrl(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === 'localhost' || isLoopback(host);
}

const privateNetworks = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const)
  privateNetworks.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateNetworks.addSubnet(network, bits, 'ipv6');

/** Whether an address is of this machine, of a private network (RFC 1918, 4193, 6598) or of a link. */
export function isPrivateAddress(address: string): boolean {
  const plain = plainAddress(address);
  if (isLoopback(plain)) return true;
  return isIPv4(plain) ? privateNetworks.check(plain, 'ipv4') : isIPv6(plain) && privateNetworks.check(plain, 'ipv6');
}

/** Whether a URL leads to this machine or into a private network (RFC 1918). */
export function isPrivateUrl(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return isLoopbackUrl(url) || (isIPv4(host) && /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host));
}

/** The IPv4 address that a valid IPv6 one ends with (RFC 6052 §2.2). */
export const endingIpv4 = (address: string): string => dotted(groupsOf(address.toLowerCase()).slice(6));

/** The eight groups of a valid IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = withoutDots(address).split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - behind.length;
  return [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...behind].map((group) => group.replace(/^0+(?=.)/, ''));
}

/** An IPv4 address at the end (RFC 4291 §2.2) as two groups. */
function withoutDots(address: string): string {
  const at = address.lastIndexOf(':') + 1;
  const bytes = address.slice(at).split('.').map(Number);
  if (bytes.length !== 4) return address;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return `${address.slice(0, at)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function dotted(groups: readonly string[]): string {
  return groups
    .map((group) => Number.parseInt(group, 16))
    .map((value) => `${String(value >> 8)}.${String(value & 255)}`)
    .join('.');
}

/** An e-mail address as people read it: labels of its domain in Unicode, apart from those that could be taken for others. */
export function shownEmail(email: string): string {
  if (!email.includes('xn--')) return email;
  const readable = readableEmail(email);
  const [at, readableAt] = [email.lastIndexOf('@') + 1, readable.lastIndexOf('@') + 1];
  const [labels, readableLabels] = [email.slice(at).split('.'), readable.slice(readableAt).split('.')];
  const top = readableLabels.at(-1) ?? '';
  return email.slice(0, at) + labels.map((label, n) => plainOf(label, readableLabels[n] ?? label, top)).join('.');
}

const plainOf = (label: string, readable: string, top: string): string =>
  label.startsWith('xn--') && isPlainLabel(readable, top) ? readable : label;

/** The same with every label in Unicode: for finding, not for showing. */
export function readableEmail(email: string): string {
  const at = email.lastIndexOf('@') + 1;
  return email.slice(0, at) + (domainToUnicode(email.slice(at)) || email.slice(at));
}
