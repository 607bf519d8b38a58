/**
 * A UUID in the order of time (RFC 9562 version 7): what a server stores by it lies together, however long the history is. `crypto.randomUUID` is
 * missing on pages served over plain http.
 */
export function newUuid(nowMs = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  bytes[0] = ((bytes[0] ?? 0) & 0x0f) | 0x70;
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80;
  // The clock may be wrong: then only the order of ids is.
  const time = (Math.floor(Math.abs(nowMs)) % 2 ** 48).toString(16).padStart(12, '0');
  const hex = time + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
