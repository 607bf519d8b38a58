import { createCipheriv, createDecipheriv } from 'node:crypto';
import { derivedKey, type Purpose } from './derived-key.ts';
import { newSecret } from './ids.ts';

/** Encrypts secrets that are stored in the database (AES-256-GCM under a key derived from the team's secret). */
export class SecretBox {
  readonly #key: Buffer;

  /** What is sealed for one purpose opens for no other. */
  constructor(secret: string, purpose: Purpose & `${string} at rest`) {
    this.#key = derivedKey(secret, purpose);
  }

  seal(text: string): string {
    const nonce = Buffer.from(newSecret(12), 'base64url');
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** Null when it was sealed under another secret. */
  open(box: string): string | null {
    try {
      const bytes = Buffer.from(box, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }
}
