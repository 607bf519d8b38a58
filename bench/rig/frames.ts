// WebSocket frames (RFC 6455 § 5.2) by hand: the generator reads millions a second, so it looks only at the header and a few bytes of each.

/** Called with the payload's place in the buffer, which is reused: copy what must outlive the call. */
export type OnFrame = (buffer: Buffer, start: number, end: number, opcode: number) => void;

export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Cuts a server's byte stream into frames, however the chunks fall: many frames in one, or one frame over many. */
export class FrameReader {
  readonly #onFrame: OnFrame;
  #held: Buffer = Buffer.allocUnsafe(4096);
  #heldLength = 0;

  constructor(onFrame: OnFrame) {
    this.#onFrame = onFrame;
  }

  push(chunk: Buffer, start: number, end: number): void {
    let at = this.#heldLength > 0 ? this.#completeHeld(chunk, start, end) : start;
    while (at < end) {
      const size = frameSize(chunk, at, end);
      if (size === 0 || at + size > end) return this.#hold(chunk, at, end);
      this.#emit(chunk, at, at + size);
      at += size;
    }
  }

  #completeHeld(chunk: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end) {
      const size = frameSize(this.#held, 0, this.#heldLength);
      // Until the header is whole its length is unknown: take one byte more.
      const wanted = size === 0 ? 1 : size - this.#heldLength;
      const taken = Math.min(wanted, end - at);
      this.#hold(chunk, at, at + taken);
      at += taken;
      if (frameSize(this.#held, 0, this.#heldLength) !== this.#heldLength) continue;
      const whole = this.#heldLength;
      this.#heldLength = 0;
      this.#emit(this.#held, 0, whole);
      return at;
    }
    return at;
  }

  #hold(chunk: Buffer, start: number, end: number): void {
    const length = this.#heldLength + end - start;
    if (length > this.#held.length) {
      const larger = Buffer.allocUnsafe(length * 2);
      this.#held.copy(larger, 0, 0, this.#heldLength);
      this.#held = larger;
    }
    chunk.copy(this.#held, this.#heldLength, start, end);
    this.#heldLength = length;
  }

  #emit(buffer: Buffer, start: number, end: number): void {
    const first = buffer[start] ?? 0;
    if ((first & 0xf0) !== 0x80)
      throw new Error(`a fragmented or extended frame (first byte 0x${first.toString(16)}) is not expected here`);
    this.#onFrame(buffer, start + headerSize(buffer[start + 1] ?? 0), end, first & 0x0f);
  }
}

/** Appends one masked frame, as clients must send them; returns the offset behind it. The target needs `maskedSize(text)` bytes. */
export function writeMaskedFrame(target: Buffer, offset: number, text: string, opcode: number = opcodes.text): number {
  const length = Buffer.byteLength(text);
  let at = offset;
  target[at++] = 0x80 | opcode;
  if (length < 126) target[at++] = 0x80 | length;
  else if (length < 65_536) {
    target[at++] = 0x80 | 126;
    at = target.writeUInt16BE(length, at);
  } else {
    target[at++] = 0x80 | 127;
    at = target.writeUInt32BE(0, at);
    at = target.writeUInt32BE(length, at);
  }
  const mask = (Math.random() * 0x1_0000_0000) >>> 0;
  at = target.writeUInt32BE(mask, at);
  target.write(text, at, 'utf8');
  maskInPlace(target, at, at + length, mask);
  return at + length;
}

export function maskedSize(text: string): number {
  return Buffer.byteLength(text) + 14;
}

function maskInPlace(buffer: Buffer, start: number, end: number, mask: number): void {
  const a = mask >>> 24;
  const b = (mask >>> 16) & 0xff;
  const c = (mask >>> 8) & 0xff;
  const d = mask & 0xff;
  let at = start;
  for (; at + 3 < end; at += 4) {
    buffer[at]! ^= a;
    buffer[at + 1]! ^= b;
    buffer[at + 2]! ^= c;
    buffer[at + 3]! ^= d;
  }
  const rest = [a, b, c];
  for (let i = 0; at < end; at++, i++) buffer[at]! ^= rest[i] ?? 0;
}

/** Bytes of the frame that starts at `at`, header included; 0 while too little of it is there to know. */
function frameSize(buffer: Buffer, at: number, end: number): number {
  if (end - at < 2) return 0;
  const second = buffer[at + 1]!;
  if (second < 126) return 2 + second;
  if (second === 126) return end - at < 4 ? 0 : 4 + ((buffer[at + 2]! << 8) | buffer[at + 3]!);
  if (second === 127) return end - at < 10 ? 0 : 10 + buffer.readUInt32BE(at + 2) * 0x1_0000_0000 + buffer.readUInt32BE(at + 6);
  throw new Error('a server must not mask its frames');
}

function headerSize(second: number): number {
  return second < 126 ? 2 : second === 126 ? 4 : 10;
}
