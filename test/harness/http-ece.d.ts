declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';
  const ece: { decrypt(body: Uint8Array, how: { version: 'aes128gcm'; privateKey: ECDH; authSecret: Uint8Array }): Buffer };
  export = ece;
}
