import cors from 'cors';
import express, { type RequestHandler } from 'express';
import helmet from 'helmet';
import { AppError } from '../../kernel/errors.ts';
import type { OriginPolicy } from '../origin.ts';

const maxBodyBytes = 256 * 1024;

/** Headers that keep the page to itself (CSP without inline code, no framing, no sniffing, HSTS on https). */
export const protectiveHeaders = ({ secure }: { secure: boolean }): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'media-src': ["'self'", 'blob:'],
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
  }) as RequestHandler;

/** CORS for the listed origins; a preflight of any other gets no leave. */
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

/** JSON bodies up to 256 KB, never inflated, so that no small upload becomes a large one. */
export const jsonBody: readonly RequestHandler[] = [
  (request, _response, next) => {
    const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
    if (hasBody && !request.is('application/json')) throw new AppError('unsupported_media_type', { detail: 'Send application/json.' });
    next();
  },
  express.json({ limit: maxBodyBytes, inflate: false, strict: true, type: 'application/json' }),
];
