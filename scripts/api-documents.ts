import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApi, openApi } from '../src/gateway/http/documents.ts';

/** The files of docs/api by name: what the transports of a server on its usual port describe. */
export function apiDocuments(): Readonly<Record<string, string>> {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string };
  const about = { version, publicUrl: 'http://localhost:3000' };
  const text = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;
  return { 'openapi.json': text(openApi(about)), 'asyncapi.json': text(asyncApi(about)) };
}
