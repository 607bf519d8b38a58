import type { IncomingMessage } from 'node:http';
import proxyAddress from 'proxy-addr';
import { plainAddress } from '../kernel/network.ts';

/** Finds the caller's address: the nearest one that is not a trusted proxy of ours. */
export type AddressOf = (request: IncomingMessage) => string;

/** `trusted`: addresses, CIDR ranges, or `loopback`, `linklocal`, `uniquelocal`. Throws on a malformed one. */
export function addressReader(trusted: readonly string[]): AddressOf {
  const trust = proxyAddress.compile([...trusted]);
  return (request) => plainAddress(safely(request, trust));
}

function safely(request: IncomingMessage, trust: (address: string, hop: number) => boolean): string {
  const direct = request.socket.remoteAddress ?? '';
  if (!direct) return '';
  return proxyAddress(request, trust);
}
