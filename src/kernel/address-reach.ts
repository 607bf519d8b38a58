import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { endingIpv4 } from './network.ts';

/**
 * Where an address leads. `internet`: to a machine of the public internet. `private`: to this machine, or into a network of the operator (RFC 1918, 4193,
 * 6598), also through the operator's NAT64. `reserved`: to a link, a group, a metadata service of a cloud, a documentation or a transition network, or
 * nowhere; and whatever is no address.
 */
export type AddressReach = 'internet' | 'private' | 'reserved';

type Network = readonly [address: string, bits: number];

function listOf(networks: readonly Network[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [address, bits] of networks) list.addSubnet(address, bits, family);
  return list;
}

/** Services by which clouds give their machines credentials, where no reserved network holds them: Azure, Alibaba, Amazon. */
const metadataIpv4 = listOf(
  [
    ['168.63.129.16', 32],
    ['100.100.100.200', 32],
  ],
  'ipv4',
);
const metadataIpv6 = listOf([['fd00:ec2::', 32]], 'ipv6');

const privateIpv4 = listOf(
  [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
  ],
  'ipv4',
);

/** Of the IPv4 special-purpose address registry of IANA, and the former class E. */
const reservedIpv4 = listOf(
  [
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  'ipv4',
);

const privateIpv6 = listOf(
  [
    ['::1', 128],
    ['fc00::', 7],
  ],
  'ipv6',
);

/** What IANA gives out (RFC 4291 §2.4), and what in it is none of a machine: protocols, Teredo, documentation, 6to4. */
const globalIpv6 = listOf([['2000::', 3]], 'ipv6');
const reservedIpv6 = listOf(
  [
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ],
  'ipv6',
);
const nat64 = listOf([['64:ff9b::', 96]], 'ipv6');

/** `address`: as a resolver answers it, without brackets. A zone makes it an address of a link. */
export function addressReach(address: string): AddressReach {
  if (isIPv4(address)) return reachOfIpv4(address);
  if (!isIPv6(address) || address.includes('%')) return 'reserved';
  if (metadataIpv6.check(address, 'ipv6')) return 'reserved';
  if (privateIpv6.check(address, 'ipv6')) return 'private';
  if (nat64.check(address, 'ipv6')) return reachOfIpv4(endingIpv4(address)) === 'internet' ? 'private' : 'reserved';
  return globalIpv6.check(address, 'ipv6') && !reservedIpv6.check(address, 'ipv6') ? 'internet' : 'reserved';
}

function reachOfIpv4(address: string): AddressReach {
  if (metadataIpv4.check(address, 'ipv4') || reservedIpv4.check(address, 'ipv4')) return 'reserved';
  return privateIpv4.check(address, 'ipv4') ? 'private' : 'internet';
}
