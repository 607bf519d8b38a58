import type { z } from 'zod';
import type { Frame } from '../../contracts/define.ts';

/** A Socket.IO event packet of the main namespace (protocol 5: type 2, then name and payload). */
export const eventPacket = (name: string, payload: unknown): string => `2[${JSON.stringify(name)},${JSON.stringify(payload)}]`;

/** The packet of a frame that the gateway sends by itself. */
export const packetOf = <P extends z.ZodType>(frame: Frame<P> & { readonly direction: 'sent' }, payload: z.input<P>): string =>
  eventPacket(frame.name, payload);
