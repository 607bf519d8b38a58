import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { RequestHandler, Response } from 'express';

interface StaticFile {
  readonly plain: Buffer;
  readonly packed: readonly { readonly encoding: 'br' | 'gzip'; readonly body: Buffer }[];
  readonly etag: string;
  readonly type: string;
}

interface StaticOptions {
  readonly cacheControl: (path: string) => string;
  /** Answered for every path without an extension that is no file: a page that routes by itself. */
  readonly fallback?: string;
  /** Names of the files to serve; absent: all. */
  readonly only?: readonly string[];
}

/** Compiled text beside the file it was made of. */
const packedEndings = { br: '.br', gzip: '.gz' } as const;

/**
 * The files of a folder, read once: no request opens a file, so a process that has run out of descriptors still serves them, and each
 * costs no more than its bytes. Ranges are not served. Passes on what it does not have.
 */
export function staticFiles(folder: string, { cacheControl, fallback, only }: StaticOptions): RequestHandler {
  const files = filesOf(folder, only);
  return (request, response, next) => {
    const path = decoded(request.path);
    const name = files.has(path) ? path : fallback !== undefined && extname(path) === '' ? fallback : '';
    const file = request.method === 'GET' || request.method === 'HEAD' ? files.get(name) : undefined;
    if (!file) {
      next();
      return;
    }
    response.set({ 'Cache-Control': cacheControl(name), ETag: file.etag, 'Content-Type': file.type });
    response.send(bodyFor(request.get('Accept-Encoding') ?? '', file, response));
  };
}

function bodyFor(accepted: string, { plain, packed }: StaticFile, response: Response): Buffer {
  if (packed.length === 0) return plain;
  response.set('Vary', 'Accept-Encoding');
  const found = packed.find(({ encoding }) => new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted));
  if (!found) return plain;
  response.set('Content-Encoding', found.encoding);
  return found.body;
}

function filesOf(folder: string, only: readonly string[] | undefined): ReadonlyMap<string, StaticFile> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && (only?.includes(entry.name) ?? true))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [`/${relative(folder, path).split(sep).join('/')}`, fileAt(path)]));
}

function fileAt(path: string): StaticFile {
  const plain = readFileSync(path);
  const encodings = ['br', 'gzip'] as const;
  return {
    plain,
    packed: encodings
      .map((encoding) => ({ encoding, path: path + packedEndings[encoding] }))
      .filter((packed) => existsSync(packed.path))
      .map((packed) => ({ encoding: packed.encoding, body: readFileSync(packed.path) })),
    etag: `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    type: types[extname(path)] ?? 'application/octet-stream',
  };
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.txt': 'text/plain; charset=utf-8',
};

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
