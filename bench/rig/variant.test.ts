import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './running.ts';
import { edited, editsOf } from './variant.ts';

describe('a server of the bench’s own', () => {
  it.each(['endless-budgets', 'unsigned', 'silent'] as const)('is made of places that the source has (%s)', (name) => {
    for (const edit of editsOf(name)) expect(edited(readFileSync(path.join(root, edit.file), 'utf8'), edit)).toContain(edit.to);
  });

  it('is refused where the source has moved on', () => {
    const edit = { file: 'a.ts', from: 'once', to: 'never' };
    expect(() => edited('nothing of it', edit)).toThrow(/a\.ts/);
    expect(() => edited('once and once', edit)).toThrow(/a\.ts/);
    expect(edited('only once', edit)).toBe('only never');
  });
});
