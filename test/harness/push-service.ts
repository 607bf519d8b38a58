import { createECDH, createPublicKey, type ECDH } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import ece from 'http_ece';
import jwt from 'jsonwebtoken';
import { newSecret } from '../../src/kernel/ids.ts';
import { StandIn } from './stand-in.ts';

/** What a browser that subscribed was sent, decrypted. */
export interface Pushed {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: number;
  /** As the browser reads it. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Of the VAPID token. */
  readonly claims: jwt.JwtPayload;
}

export interface Subscription {
  readonly kind: 'webpush';
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

interface Browser {
  readonly own: ECDH;
  readonly secret: Buffer;
}

/**
 * A push service of this machine (RFC 8030) with the browsers that subscribed at it: refuses what a real one refuses, checks VAPID (RFC 8292), and decrypts
 * what came (RFC 8291).
 */
export class PushService extends StandIn {
  readonly pushed: Pushed[] = [];
  readonly #browsers = new Map<string, Browser>();

  static async open(): Promise<PushService> {
    const service = new PushService();
    await service.start();
    return service;
  }

  /** A browser subscribes. */
  subscribe(): Subscription {
    const [own, secret, id] = [createECDH('prime256v1'), Buffer.from(newSecret(16), 'base64url'), newSecret(24)];
    const p256dh = own.generateKeys('base64url');
    this.#browsers.set(`/push/${id}`, { own, secret });
    return { kind: 'webpush', endpoint: `${this.url}/push/${id}`, p256dh, auth: secret.toString('base64url') };
  }

  /** A browser unsubscribes: its endpoint is gone. */
  unsubscribe({ endpoint }: Subscription): void {
    this.#browsers.delete(new URL(endpoint).pathname);
  }

  protected override take(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const browser = this.#browsers.get(request.url ?? '');
    if (request.method !== 'POST' || !browser) return void response.writeHead(410).end('the subscription has expired');
    const { headers } = request;
    if (body.byteLength > 4096) return void response.writeHead(413).end();
    const fault = faultOf(headers);
    if (fault !== null) return void response.writeHead(400).end(fault);
    const claims = this.#claimsOf(headers.authorization ?? '');
    if (typeof claims === 'string') return void response.writeHead(403).end(JSON.stringify({ reason: claims }));
    const text = ece.decrypt(body, { version: 'aes128gcm', privateKey: browser.own, authSecret: browser.secret }).toString('utf8');
    const payload = JSON.parse(text) as Record<string, unknown>;
    this.pushed.push({ endpoint: `${this.url}${request.url ?? ''}`, headers, bytes: body.byteLength, payload, claims });
    response.writeHead(201, { TTL: headers['ttl'], Location: `${this.url}/m/${newSecret(8)}` }).end();
  }

  /** Its claims, or what is wrong with them. */
  #claimsOf(authorization: string): jwt.JwtPayload | string {
    const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
    const point = Buffer.from(key, 'base64url');
    if (point.byteLength !== 65) return 'BadAuthorizationHeader';
    const coordinate = (from: number): string => point.subarray(from, from + 32).toString('base64url');
    try {
      const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) }, format: 'jwk' });
      const claims = jwt.verify(token, publicKey, { algorithms: ['ES256'], audience: this.url }) as jwt.JwtPayload;
      const isShort = (claims.exp ?? Infinity) * 1000 - Date.now() <= 24 * 3_600_000;
      return isShort && /^(mailto:|https:)/.test(claims.sub ?? '') ? claims : 'BadJwtToken';
    } catch {
      return 'BadJwtToken';
    }
  }
}

function faultOf(headers: IncomingMessage['headers']): string | null {
  if (!/^\d+$/.test(String(headers['ttl']))) return 'no TTL';
  if (headers['content-encoding'] !== 'aes128gcm') return 'no content encoding of Web Push';
  if (!/^[\w-]{1,32}$/.test(String(headers['topic'] ?? 'a'))) return 'a bad topic';
  return /^(very-low|low|normal|high)$/.test(String(headers['urgency'] ?? 'normal')) ? null : 'a bad urgency';
}
