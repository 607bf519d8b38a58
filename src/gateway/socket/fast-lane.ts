import type { EngineConnection } from './socket-connection.ts';

/** False when the connection takes no more commands: Socket.IO then deals with the frame as it deals with any stray one. */
type Take = (id: string, args: readonly unknown[]) => boolean;
type Packet = { type: string; data?: unknown };

/**
 * Looks at each frame before Socket.IO does: a command of the root namespace with an ack id (`2<id>[name, payload]`)
 * goes straight to `take`; everything else, and every frame it cannot read, goes to Socket.IO. `admit` is asked before such a frame
 * is parsed; false drops it.
 */
export function openFastLane(connection: EngineConnection, { admit, take }: { admit: () => boolean; take: Take }): void {
  const divert = (): void => {
    const { transport } = connection;
    const ordinary = transport.onPacket;
    transport.onPacket = (packet: Packet) => {
      const { data } = packet;
      if (packet.type === 'message' && typeof data === 'string' && connection.readyState === 'open') {
        const start = startOfArguments(data);
        if (start > 0 && !admit()) return;
        const args = start > 0 ? argumentsOf(data, start) : null;
        if (args && take(data.slice(1, start), args)) return;
      }
      ordinary.call(transport, packet);
    };
  };
  divert();
  connection.on('upgrade', divert);
}

/** Index of the `[` in `2<id>[`, or 0 for any other packet. */
export function startOfArguments(packet: string): number {
  if (packet.charCodeAt(0) !== 0x32) return 0;
  let at = 1;
  for (; at < 12; at++) {
    const code = packet.charCodeAt(at);
    if (code < 0x30 || code > 0x39) break;
  }
  return at > 1 && packet.charCodeAt(at) === 0x5b ? at : 0;
}

function argumentsOf(packet: string, start: number): readonly unknown[] | null {
  try {
    const args = JSON.parse(packet.slice(start)) as unknown[];
    return typeof args[0] === 'string' ? args : null;
  } catch {
    return null;
  }
}
