// `npm run docs:api`: writes the lists of the contracts and of the modules, docs/api from them, and the variables of docs/operations.md and .env.example.
// test/arch/api-documents.test.ts fails while they are stale.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractIndexes } from './contract-index.ts';
import { moduleList, moduleListPath } from './module-list.ts';

const root = join(import.meta.dirname, '..');
for (const [path, text] of contractIndexes(root)) writeFileSync(join(root, path), text);
writeFileSync(join(root, moduleListPath), moduleList(root));

// Only now: the documents are made from the lists.
const { apiDocuments } = await import('./api-documents.ts');
const directory = join(root, 'docs', 'api');
mkdirSync(directory, { recursive: true });
for (const [name, text] of Object.entries(apiDocuments())) writeFileSync(join(directory, name), text);
const { configDocuments } = await import('./config-documents.ts');
for (const [path, text] of configDocuments(root)) writeFileSync(join(root, path), text);
