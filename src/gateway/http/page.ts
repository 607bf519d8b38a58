import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { staticFiles } from './static-files.ts';

/** The built web client: hashed files are kept for ever, the page itself is asked for each time. */
export function page(folder: string): RequestHandler | null {
  if (!existsSync(join(folder, 'index.html'))) return null;
  return staticFiles(folder, {
    fallback: '/index.html',
    cacheControl: (path) => (path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
}
