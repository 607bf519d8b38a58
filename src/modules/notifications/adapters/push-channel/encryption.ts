import { createCipheriv, createECDH, hkdfSync } from 'node:crypto';
import { newSecret } from '../../../../kernel/ids.ts';

/** What a browser subscribed with, in base64url: its public key on P-256, and 16 bytes that prove who may send. */
export interface BrowserKeys {
  readonly p256dh: string;
  readonly auth: string;
}

interface Chosen {
  /** 16 bytes. */
  readonly salt: Buffer;
  /** 32 bytes: the sender's private key, for this message alone. */
  readonly privateKey: Buffer | null;
}

const recordSize = 4096;
const tagBytes = 16;
/** Behind the last byte of the only record (RFC 8188 §2). */
const lastRecord = Buffer.of(2);

/**
 * A body of `aes128gcm` (RFC 8188) that this browser alone can read (RFC 8291). One record: at most 4,000 bytes of text. Throws where the keys are none of
 * a browser.
 */
export function sealedFor({ p256dh, auth }: BrowserKeys, text: Uint8Array, chosen: Chosen = freshly()): Buffer {
  const [receiver, secret] = [Buffer.from(p256dh, 'base64url'), Buffer.from(auth, 'base64url')];
  if (secret.byteLength !== 16) throw new Error('the authentication secret of the browser has not 16 bytes');
  const pair = createECDH('prime256v1');
  if (chosen.privateKey) pair.setPrivateKey(chosen.privateKey);
  else pair.generateKeys();
  const sender = pair.getPublicKey();
  const shared = pair.computeSecret(receiver);
  const keyMaterial = hkdf(shared, secret, Buffer.concat([Buffer.from('WebPush: info\0'), receiver, sender]), 32);
  const key = hkdf(keyMaterial, chosen.salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(keyMaterial, chosen.salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce, { authTagLength: tagBytes });
  const record = Buffer.concat([cipher.update(text), cipher.update(lastRecord), cipher.final(), cipher.getAuthTag()]);
  return Buffer.concat([header(chosen.salt, sender), record]);
}

const freshly = (): Chosen => ({ salt: Buffer.from(newSecret(16), 'base64url'), privateKey: null });

const hkdf = (material: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', material, salt, info, bytes));

/** Salt, size of records, and whose key it is (RFC 8188 §2.1). */
function header(salt: Buffer, sender: Buffer): Buffer {
  const sizes = Buffer.alloc(5);
  sizes.writeUInt32BE(recordSize);
  sizes.writeUInt8(sender.byteLength, 4);
  return Buffer.concat([salt, sizes, sender]);
}
