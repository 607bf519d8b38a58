import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddress from 'proxy-addr';
import { plainAddress } from '../kernel/network.ts';

/** Finds the caller's address: the nearest one that is not a trusted proxy of ours. */
export type AddressOf = (request: IncomingMessage) => string;

/** `trusted`: addresses, CIDR ranges, or `loopback`, `linklocal`, `uniquelocal`. Throws on a malformed one. `onUntrusted` sees requests
 * whose direct peer is none of these. */
export function addressReader(trusted: readonly string[], onUntrusted: (request: IncomingMessage) => void = () => undefined): AddressOf {
  const trust = proxyAddress.compile([...trusted]);
  return (request) => safely(request, { trust, onUntrusted });
}

interface Reading {
  readonly trust: (address: string, hop: number) => boolean;
  readonly onUntrusted: (request: IncomingMessage) => void;
}

function safely(request: IncomingMessage, { trust, onUntrusted }: Reading): string {
  const direct = request.socket.remoteAddress ?? '';
  if (!direct) return '';
  if (!trust(direct, 0)) onUntrusted(request);
  // What a proxy forwards may be a word, as `unknown`: then the caller is known by the proxy that forwarded it.
  const hops = proxyAddress.all(request, trust).map(plainAddress);
  return hops.findLast((hop) => isIP(hop) > 0) ?? plainAddress(direct);
}
