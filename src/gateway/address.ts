import type { IncomingMessage } from 'node:http';
import proxyAddress from 'proxy-addr';

/** Finds the caller's address: the nearest one that is not a trusted proxy of ours. */
export type AddressOf = (request: IncomingMessage) => string;

/** `trusted`: addresses, CIDR ranges, or `loopback`, `linklocal`, `uniquelocal`. Throws on a malformed one. */
export function addressReader(trusted: readonly string[]): AddressOf {
  const trust = proxyAddress.compile([...trusted]);
  return (request) => withoutMapping(safely(request, trust));
}

function safely(request: IncomingMessage, trust: (address: string, hop: number) => boolean): string {
  const direct = request.socket.remoteAddress ?? '';
  if (!direct) return '';
  return proxyAddress(request, trust);
}

const withoutMapping = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');
