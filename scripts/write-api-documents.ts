// `npm run docs:api`: writes docs/api from the contracts. test/arch/api-documents.test.ts fails while they are stale.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiDocuments } from './api-documents.ts';

const directory = join(import.meta.dirname, '..', 'docs', 'api');
mkdirSync(directory, { recursive: true });
for (const [name, text] of Object.entries(apiDocuments())) writeFileSync(join(directory, name), text);
