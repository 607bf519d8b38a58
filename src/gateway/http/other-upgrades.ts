import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

interface OtherUpgradesParts {
  /** Requests below this path, as `/socket.io/`, may change to WebSocket; whoever owns it answers them. */
  readonly socketPath: string;
  /** True while an earlier request of the same connection has no whole answer. */
  readonly isAnswering: (connection: Duplex) => boolean;
}

/**
 * Answers a request that asks for another protocol as if it had not asked (RFC 9110, 7.8). Clients of HTTP/2 offer it so: Java's HttpClient, `curl --http2`.
 * With a listener of 'upgrade', Node takes such a connection away from its parser, and nothing would answer.
 */
export function answerOtherUpgrades(server: Server, { socketPath, isAnswering }: OtherUpgradesParts): void {
  const known = new WeakSet<Duplex>();
  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    if (request.url?.startsWith(socketPath) || connection.destroyed) return;
    if (isAnswering(connection)) {
      connection.destroy();
      return;
    }
    // Node leaves a listener on the connection each time: the second request of this kind is the last one.
    const isLast = known.has(connection);
    known.add(connection);
    connection.unshift(Buffer.concat([Buffer.from(withoutUpgrade(request, isLast), 'latin1'), head]));
    server.emit('connection', connection);
  });
}

const asksForUpgrade = new Set(['connection', 'upgrade', 'http2-settings']);

/** The request as it came, without the headers that ask for another protocol. */
function withoutUpgrade({ method = 'GET', url = '/', httpVersion, headers, rawHeaders }: IncomingMessage, isLast: boolean): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!asksForUpgrade.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  if (isLast || /\bclose\b/i.test(headers.connection ?? '')) lines.push('Connection: close');
  return `${lines.join('\r\n')}\r\n\r\n`;
}
