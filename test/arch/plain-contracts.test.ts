import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as appearance from '../../src/contracts/appearance/index.ts';
import * as auth from '../../src/contracts/auth/index.ts';
import * as chat from '../../src/contracts/chat/index.ts';
import type { Operation } from '../../src/contracts/define.ts';
import { sourceOf } from '../../web/plain-contracts.ts';

type Declared = Readonly<Record<string, Operation>>;

async function evaluated(source: string): Promise<Declared> {
  const folder = await mkdtemp(join(tmpdir(), 'confab-plain-'));
  const file = join(folder, 'operations.mjs');
  await writeFile(file, source);
  try {
    return (await import(file)) as Declared;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.each<[string, object]>([
  ['auth', auth],
  ['chat', chat],
])('the page has every operation of %s that it may call with its bindings, and no schema', async (_area, declared) => {
  const source = sourceOf(declared);
  const plain = await evaluated(source);
  const operations = Object.entries(declared as Declared).filter(
    ([, one]) => typeof one === 'object' && 'input' in one && one.access !== 'internal',
  );
  expect(operations.length).toBeGreaterThan(10);
  expect(Object.keys(plain).sort()).toEqual(operations.map(([name]) => name).sort());
  for (const [name, { access, deadlineMs, http, socket }] of operations) {
    expect(plain[name]).toEqual({
      name: expect.any(String) as string,
      ...(access === 'public' ? { access } : {}),
      deadlineMs,
      ...(http ? { http } : {}),
      ...(socket ? { socket: { command: socket.command } } : {}),
    });
  }
  expect(source).not.toContain('schema');
});

test('the page has every user setting with its default, and no schema', async () => {
  const source = sourceOf(appearance);
  const plain = (await evaluated(source)) as unknown as Readonly<Record<string, unknown>>;
  expect(Object.keys(plain).sort()).toEqual(Object.keys(appearance).sort());
  for (const [name, { key, default: fallback }] of Object.entries(appearance)) expect(plain[name]).toEqual({ key, default: fallback });
  expect(source).not.toContain('schema');
});
