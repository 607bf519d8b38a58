import { createCipheriv, createHash } from 'node:crypto';

const blockBytes = 2 ** 20;
const zeros = Buffer.alloc(blockBytes);

/** Bytes of a file that nobody has to keep: the same for the same name, and any part can be made by itself. */
export class Content {
  readonly size: number;
  readonly #key: Buffer;

  constructor(name: string, size: number) {
    this.size = size;
    this.#key = createHash('sha256').update(name).digest();
  }

  /** The bytes from an offset on, a megabyte at most. */
  part(offset: number): Buffer {
    const block = Math.floor(offset / blockBytes);
    const counter = Buffer.alloc(16);
    counter.writeUInt32BE(block, 0);
    const bytes = createCipheriv('aes-256-ctr', this.#key, counter).update(zeros);
    return bytes.subarray(offset - block * blockBytes, Math.min(blockBytes, this.size - block * blockBytes));
  }

  sha256(): string {
    const hash = createHash('sha256');
    for (let at = 0; at < this.size; at += blockBytes) hash.update(this.part(at));
    return hash.digest('hex');
  }
}
