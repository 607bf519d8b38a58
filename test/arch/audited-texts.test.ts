import { expect, test } from '@jest/globals';
import { operations, routes } from '../../src/contracts/registry.ts';
import { auditedOperations } from '../../web/src/features/admin/audited.ts';
import { matrix } from './access-matrix.ts';

/** Changes for admins alone, and those that the role in the team allows where the role in the conversation does not. */
const audited = [
  ...[...operations, ...routes].filter(({ access, http }) => (access === 'admin' || access === 'owner') && http?.method !== 'GET'),
  ...Object.entries(matrix)
    .filter(
      ([name, { relations }]) => relations?.['member'] === 'forbidden' && relations['owner'] === 'allow' && !/\.(list|get)/.test(name),
    )
    .map(([name]) => ({ name })),
].map(({ name }) => name);

test('every change that leaves a row in the audit log has a text in the audit log of the page', () => {
  expect(audited.length).toBeGreaterThan(10);
  expect(audited.filter((name) => !auditedOperations.some((known) => known === name))).toEqual([]);
});

test('every text is of an operation', () => {
  const names = new Set([...operations, ...routes].map(({ name }) => name));
  expect(auditedOperations.filter((name) => !names.has(name))).toEqual([]);
});
