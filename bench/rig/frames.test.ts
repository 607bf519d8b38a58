import { FrameReader, maskedSize, opcodes, writeMaskedFrame } from './frames.ts';

/** A server's frame, unmasked. */
function served(text: string, opcode: number = opcodes.text): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload]);
  if (length < 65_536) return Buffer.concat([Buffer.from([0x80 | opcode, 126, length >> 8, length & 0xff]), payload]);
  const header = Buffer.from([0x80 | opcode, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(length, 6);
  return Buffer.concat([header, payload]);
}

function readIn(stream: Buffer, chunk: number): string[] {
  const texts: string[] = [];
  const reader = new FrameReader((buffer, start, end, opcode) => texts.push(`${String(opcode)} ${buffer.toString('utf8', start, end)}`));
  for (let at = 0; at < stream.length; at += chunk) reader.push(stream, at, Math.min(stream.length, at + chunk));
  return texts;
}

/** What RFC 6455 § 5.3 says a server does with a client's frame. */
function unmasked(frame: Buffer): string {
  const length = frame[1]! & 0x7f;
  const maskAt = length < 126 ? 2 : length === 126 ? 4 : 10;
  const mask = frame.subarray(maskAt, maskAt + 4);
  return Buffer.from(frame.subarray(maskAt + 4).map((byte, index) => byte ^ mask[index % 4]!)).toString('utf8');
}

describe('frames', () => {
  const texts = ['', 'a', 'ж'.repeat(60), 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(70_000), 'end'];

  it.each([1, 2, 3, 7, 126, 4096, 1 << 20])('are read whole from chunks of %i bytes', (chunk) => {
    const stream = Buffer.concat(texts.map((text) => served(text)));
    expect(readIn(stream, chunk)).toEqual(texts.map((text) => `1 ${text}`));
  });

  it('keep their opcodes', () => {
    expect(readIn(Buffer.concat([served('', opcodes.ping), served('x', opcodes.close)]), 100)).toEqual(['9 ', '8 x']);
  });

  it('are refused when fragmented or masked', () => {
    expect(() => readIn(Buffer.from([0x01, 1, 0x61]), 10)).toThrow(/fragmented/);
    expect(() => readIn(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0]), 10)).toThrow(/mask/);
  });

  it.each(texts)('are written masked, one behind another', (text) => {
    const out = Buffer.alloc(maskedSize(text) + 3);
    const end = writeMaskedFrame(out, 3, text);
    expect(unmasked(out.subarray(3, end))).toBe(text);
    expect([out[0], out[1], out[2]]).toEqual([0, 0, 0]);
  });
});
