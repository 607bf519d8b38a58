import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { OriginPolicy } from '../origin.ts';

type Protect = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const own = '(self)';
const none = '()';
/** What the page may ask a browser for: calls need camera, microphone and the screen; no frame and no script of others gets them. */
const permissions = {
  accelerometer: none,
  camera: own,
  'display-capture': own,
  'encrypted-media': none,
  fullscreen: own,
  geolocation: none,
  gyroscope: none,
  hid: none,
  'idle-detection': none,
  magnetometer: none,
  microphone: own,
  midi: none,
  payment: none,
  'picture-in-picture': own,
  'publickey-credentials-get': own,
  'screen-wake-lock': own,
  serial: none,
  usb: none,
  'xr-spatial-tracking': none,
};
const permissionsPolicy = Object.entries(permissions)
  .map(([feature, allowed]) => `${feature}=${allowed}`)
  .join(', ');

export interface ProtectionOptions {
  readonly secure: boolean;
  /** Where players get files from besides the server; undefined: nowhere. */
  readonly mediaOrigin?: string | undefined;
}

/** Headers that keep the page to itself (CSP without inline code, no framing, no sniffing, HSTS on https). */
export function protectiveHeaders(options: ProtectionOptions): Protect {
  const protect = helmetFor(options);
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', permissionsPolicy);
    protect(request, response, next);
  };
}

/** The same as lines, for an answer to what is no HTTP. */
export function protectiveLines(secure: boolean): readonly string[] {
  const lines: string[] = [];
  const setHeader = (name: string, value: string) => void lines.push(`${name}: ${value}`);
  protectiveHeaders({ secure })(
    {} as IncomingMessage,
    { setHeader, removeHeader: () => undefined } as unknown as ServerResponse,
    () => undefined,
  );
  return lines;
}

const helmetFor = ({ secure, mediaOrigin }: ProtectionOptions) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:', ...(mediaOrigin === undefined ? [] : [mediaOrigin])],
        'media-src': ["'self'", 'blob:', ...(mediaOrigin === undefined ? [] : [mediaOrigin])],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'worker-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });

/** CORS for the listed origins; a preflight of any other origin is refused. */
export const crossOrigin = (origins: OriginPolicy): RequestHandler =>
  cors((request, callback) => {
    const origin = request.headers.origin;
    const allowed = origin !== undefined && origins.allows(origin, request.headers.host);
    callback(null, {
      origin: allowed ? origin : false,
      credentials: true,
      maxAge: 600,
      allowedHeaders: ['Authorization', 'Content-Type', 'X-Client'],
      exposedHeaders: ['X-Request-Id', 'Retry-After', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'],
    });
  }) as RequestHandler;
