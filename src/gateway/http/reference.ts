import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router } from 'express';
import { asyncApi, openApi } from './documents.ts';
import { staticFiles } from './static-files.ts';

const startScript = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null });`;
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Confab API</title>
<link rel="stylesheet" href="/api/docs/ui/swagger-ui.css"></head><body><div id="reference"></div>
<script src="/api/docs/ui/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;

/** The generated documents and a page to browse them. */
export function reference(about: { version: string; publicUrl: string }): Router {
  const router = Router();
  let documents: { openApi: Buffer; asyncApi: Buffer } | null = null;
  const made = () => (documents ??= { openApi: bytesOf(openApi(about)), asyncApi: bytesOf(asyncApi(about)) });
  router.get('/api/openapi.json', (_request, response) => void response.type('json').send(made().openApi));
  router.get('/api/asyncapi.json', (_request, response) => void response.type('json').send(made().asyncApi));
  router.get('/api/docs', (_request, response) => {
    // The interface styles itself inline; nothing else of the page's policy is loosened.
    response.set(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
    );
    response.type('html').send(html);
  });
  router.get('/api/docs/start.js', (_request, response) => void response.type('js').send(startScript));
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  router.use('/api/docs/ui', staticFiles(folder, { only: ['swagger-ui.css', 'swagger-ui-bundle.js'], cacheControl: () => 'no-cache' }));
  return router;
}

const bytesOf = (document: object): Buffer => Buffer.from(JSON.stringify(document));
