import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router } from 'express';
import sirv from 'sirv';
import { asyncApi, openApi } from './documents.ts';

const startScript = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null });`;
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Confab API</title>
<link rel="stylesheet" href="/api/docs/ui/swagger-ui.css"></head><body><div id="reference"></div>
<script src="/api/docs/ui/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;

/** The generated documents and a page to browse them. */
export function reference(about: { version: string; publicUrl: string }): Router {
  const router = Router();
  let documents: { openApi: string; asyncApi: string } | null = null;
  const made = () => (documents ??= { openApi: JSON.stringify(openApi(about)), asyncApi: JSON.stringify(asyncApi(about)) });
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
  const serve = sirv(folder, { etag: true });
  router.use('/api/docs/ui', (request, response, next) => {
    serve(request, response, next);
  });
  return router;
}
