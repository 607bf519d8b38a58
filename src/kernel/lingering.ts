/** What Node's `http` gives of a request. */
interface UnreadRequest {
  readonly complete: boolean;
  readonly socket: {
    destroySoon: () => void;
    end(): unknown;
    destroy(): unknown;
    once(event: 'close', happened: () => void): unknown;
  };
  removeAllListeners(event: 'data' | 'readable'): unknown;
  on(event: 'error' | 'end' | 'data', happened: (part: Uint8Array) => void): unknown;
  resume(): unknown;
}

/** So long, and so much of what a client still sends is read and dropped, before its connection is closed. */
const lingerMs = 5_000;
const lingerBytes = 64 * 2 ** 20;

/**
 * For an answer that ends a connection on which a body is still on its way. A connection that is closed with bytes unread is reset, and a client
 * that learns so before it has read the answer never sees why it was refused (RFC 9112, section 9.6).
 */
export function lingerBeforeClose(request: UnreadRequest): void {
  const { socket } = request;
  // Node calls it when the answer has been written.
  socket.destroySoon = () => {
    socket.end();
    request.removeAllListeners('data');
    request.removeAllListeners('readable');
    const close = (): void => {
      socket.destroy();
    };
    const late = setTimeout(close, lingerMs).unref();
    socket.once('close', () => {
      clearTimeout(late);
    });
    request.on('error', () => undefined);
    request.on('end', close);
    let left = lingerBytes;
    request.on('data', ({ byteLength }) => {
      left -= byteLength;
      if (left < 0) close();
    });
    if (request.complete) close();
    else request.resume();
  };
}
