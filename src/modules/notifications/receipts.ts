import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '../../kernel/derived-key.ts';

const idBytes = 16;
const macBytes = 16;

/** Tokens that devices and mails bring back, made and taken by every process that has the team’s secret. */
export class Receipts {
  readonly #shown: Buffer;
  readonly #mails: Buffer;

  constructor(secret: string) {
    this.#shown = derivedKey(secret, 'receipts of notifications');
    this.#mails = derivedKey(secret, 'links in mails');
  }

  /** For the device that shows an event. */
  of(eventId: string, deviceId: string): string {
    return signed(this.#shown, [eventId, deviceId]);
  }

  /** Null for what was not made here. */
  read(receipt: string): { readonly eventId: string; readonly deviceId: string } | null {
    const [eventId, deviceId] = opened(this.#shown, receipt, 2) ?? [];
    return eventId === undefined || deviceId === undefined ? null : { eventId, deviceId };
  }

  /** By which a person stops mails without signing in. */
  unsubscribing(userId: string): string {
    return signed(this.#mails, [userId]);
  }

  /** Whose token it is; null for what was not made here. */
  unsubscribed(token: string): string | null {
    return opened(this.#mails, token, 1)?.[0] ?? null;
  }
}

/** 22 URL-safe characters, the same for the same person and conversation (RFC 8030 takes 32). */
export const topicOf = (userId: string, subject: string): string =>
  createHash('sha256').update(`${userId}:${subject}`).digest('base64url').slice(0, 22);

function signed(key: Buffer, ids: readonly string[]): string {
  const bytes = Buffer.from(ids.map((id) => id.replaceAll('-', '')).join(''), 'hex');
  return Buffer.concat([bytes, macOf(key, bytes)]).toString('base64url');
}

function opened(key: Buffer, token: string, count: number): string[] | null {
  const all = Buffer.from(token, 'base64url');
  if (all.byteLength !== count * idBytes + macBytes) return null;
  const bytes = all.subarray(0, count * idBytes);
  if (!timingSafeEqual(all.subarray(count * idBytes), macOf(key, bytes))) return null;
  return Array.from({ length: count }, (_none, index) => idOf(bytes.subarray(index * idBytes, (index + 1) * idBytes)));
}

const macOf = (key: Buffer, bytes: Buffer): Buffer => createHmac('sha256', key).update(bytes).digest().subarray(0, macBytes);

const idOf = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
