import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '../../../kernel/derived-key.ts';

/**
 * What a message does. It is signed too: a message of one kind is refused where another is expected. `fact` is a domain event; its name
 * stays, since processes of versions N and N+1 run together.
 */
export type MessageKind = 'live' | 'call' | 'reply' | 'fact' | 'ingest' | 'route';

/** What its signature vouches for. */
export interface VerifiedMessage {
  /** The process that signed it; another after each start. */
  readonly from: string;
  /** Counts up with each message of that process. */
  readonly number: number;
  /** When it was signed, in Unix milliseconds. */
  readonly at: number;
  readonly text: string;
}

interface Address {
  readonly kind: MessageKind;
  /** Where it goes: an area, an event, the asking process. */
  readonly to: string;
}

const version = '1'.charCodeAt(0);
const space = ' '.charCodeAt(0);
/** `1 <signature> `; a signature is 32 bytes in base64url. */
const signatureAt = 2;
const signatureLength = 43;
const signedAt = signatureAt + signatureLength + 1;
const newline = 10;
const longestHead = 200;

/**
 * Signs messages between processes with HMAC-SHA-256 under a key of the team, so that the server that carries them can neither make nor change one.
 * A message is `1 <signature> <from> <number> <at>`, a line break, and its text; the signature covers kind, destination and all that follows it.
 */
export class Signatures {
  readonly from: string;
  readonly #key: KeyObject;
  #number = 0;

  constructor(secret: string, from: string) {
    this.#key = createSecretKey(derivedKey(secret, 'messages between processes'));
    this.from = from;
  }

  sign(address: Address, text: string): Buffer {
    const signed = `${this.from} ${String(++this.#number)} ${String(Date.now())}\n${text}`;
    const content = Buffer.allocUnsafe(signedAt + Buffer.byteLength(signed));
    content.write(signed, signedAt);
    content.write(`${String.fromCharCode(version)} ${this.#signatureOf(address, content)} `, 0, 'latin1');
    return content;
  }

  /** Null for what no process of this team signed for this purpose. */
  verify(address: Address, content: Buffer): VerifiedMessage | null {
    if (content.length <= signedAt || content[0] !== version || content[1] !== space || content[signedAt - 1] !== space) return null;
    const given = content.subarray(signatureAt, signatureAt + signatureLength);
    if (!timingSafeEqual(given, Buffer.from(this.#signatureOf(address, content), 'latin1'))) return null;
    return readSigned(content);
  }

  #signatureOf({ kind, to }: Address, content: Buffer): string {
    return createHmac('sha256', this.#key).update(`${kind} ${to}\n`).update(content.subarray(signedAt)).digest('base64url');
  }
}

/** Where the text begins, whoever wrote it. */
export const textAt = (content: Buffer): number => content.subarray(0, longestHead).indexOf(newline) + 1;

function readSigned(content: Buffer): VerifiedMessage | null {
  const begin = textAt(content);
  const head = /^(\S+) (\d+) (\d+)\n$/.exec(content.toString('utf8', signedAt, begin));
  if (!head) return null;
  return { from: head[1] ?? '', number: Number(head[2]), at: Number(head[3]), text: content.toString('utf8', begin) };
}
