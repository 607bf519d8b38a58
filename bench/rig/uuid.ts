import { randomUUID } from 'node:crypto';

/** A UUID of a time (version 7), as the client library makes them. */
export function uuidAt(ms: number): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
