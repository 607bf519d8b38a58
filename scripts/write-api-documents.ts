// `npm run docs:api`: writes the lists of the contracts and of the modules, docs/api from them, and the variables of docs/operations.md and .env.example.
// test/arch/api-documents.test.ts fails while they are stale.
import { join } from 'node:path';
import { contractIndexes } from './contract-index.ts';
import { moduleList, moduleListPath } from './module-list.ts';
import { writeFiles } from './write-files.ts';

const root = join(import.meta.dirname, '..');
writeFiles(root, [...contractIndexes(root), [moduleListPath, moduleList(root)]]);

// Only now: the documents are made from the lists.
const { apiDocuments } = await import('./api-documents.ts');
writeFiles(
  root,
  Object.entries(apiDocuments()).map(([name, text]) => [`docs/api/${name}`, text]),
);
const { configDocuments } = await import('./config-documents.ts');
writeFiles(root, configDocuments(root));
