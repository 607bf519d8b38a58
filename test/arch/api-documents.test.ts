import { expect, test } from '@jest/globals';
import { apiDocuments } from '../../scripts/api-documents.ts';
import { configDocuments } from '../../scripts/config-documents.ts';
import { contractIndexes } from '../../scripts/contract-index.ts';
import { moduleList, moduleListPath } from '../../scripts/module-list.ts';
import { root } from './cruise.ts';
import { textOf } from './files.ts';

test.each([...contractIndexes(root)])('%s lists what the contracts declare; `npm run docs:api` writes it anew', (path, text) => {
  expect(textOf(path)).toBe(text);
});

test('the host lists every module; `npm run docs:api` writes it anew', () => {
  expect(textOf(moduleListPath)).toBe(moduleList(root));
});

test.each(Object.entries(apiDocuments()))('docs/api/%s is what the contracts say; `npm run docs:api` writes it anew', (name, text) => {
  expect(textOf(`docs/api/${name}`)).toBe(text);
});

test.each([...configDocuments(root)])('%s lists the variables that are declared; `npm run docs:api` writes it anew', (path, text) => {
  expect(textOf(path)).toBe(text);
});

test('every operation with a transport is described', () => {
  const { 'openapi.json': open = '', 'asyncapi.json': async = '' } = apiDocuments();
  expect(open).toContain('chat.sendMessage');
  expect(async).toContain('message:send');
  expect(async).toContain('message:created');
});
