import { io, type Socket } from 'socket.io-client';
import { type ClientError, fromProblem, offline } from './client-error.ts';
import type { OpenWire } from './wire.ts';

const openWithinMs = 10_000;

/** The only file that imports Socket.IO. Its reconnection is off: `ServerConnection` reconnects, because it knows when a token is stale. */
export const openSocketIoWire: OpenWire = ({ url, token }, handlers) => {
  const socket: Socket = io(url === '' ? window.location.origin : url, {
    path: '/socket.io',
    // WebSocket first; long polling only where something in between refuses it.
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnection: false,
    forceNew: true,
    timeout: openWithinMs,
    auth: { token },
  });
  const end = (error: ClientError): void => {
    socket.off();
    socket.offAny();
    socket.disconnect();
    handlers.closed(error);
  };
  socket.on('connect', () => {
    handlers.opened();
  });
  socket.on('connect_error', (error: Error & { data?: unknown }) => {
    end(error.data === undefined ? offline('The server did not answer.') : fromProblem(error.data, 0));
  });
  socket.on('disconnect', (reason) => {
    end(offline(`The connection was lost: ${reason}.`));
  });
  socket.onAny((name: string, payload: unknown) => {
    handlers.event(name, payload);
  });
  return {
    emit: (command, payload, answered) => {
      socket.emit(command, payload, answered);
    },
    close: () => {
      socket.off();
      socket.offAny();
      socket.disconnect();
    },
  };
};
