/** Engine.IO's mark of a message packet, the first byte of each frame. */
const messageMark = 0x34;

/**
 * Socket.IO packets as unmasked WebSocket text frames (RFC 6455 §5.2), one after another in one buffer, so that they
 * cost one write.
 */
export function framed(packets: readonly string[]): Buffer {
  let size = 0;
  const lengths = new Array<number>(packets.length);
  for (let index = 0; index < packets.length; index++) {
    const length = Buffer.byteLength(packets[index] ?? '') + 1;
    lengths[index] = length;
    size += headerSize(length) + length;
  }
  const out = Buffer.allocUnsafe(size);
  let at = 0;
  for (let index = 0; index < packets.length; index++) {
    const length = lengths[index] ?? 0;
    at = writeHeader(out, at, length);
    out[at] = messageMark;
    out.write(packets[index] ?? '', at + 1, length - 1, 'utf8');
    at += length;
  }
  return out;
}

const headerSize = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10);

function writeHeader(out: Buffer, at: number, length: number): number {
  out[at] = 0x81;
  if (length < 126) {
    out[at + 1] = length;
    return at + 2;
  }
  if (length < 65_536) {
    out[at + 1] = 126;
    out.writeUInt16BE(length, at + 2);
    return at + 4;
  }
  out[at + 1] = 127;
  out.writeUInt32BE(0, at + 2);
  out.writeUInt32BE(length, at + 6);
  return at + 10;
}
