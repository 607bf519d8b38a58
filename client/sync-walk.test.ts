import { describe, expect, it } from '@jest/globals';
import { namedAtMost, type SyncAnswer, SyncWalk } from './sync-walk.ts';

const answer = (over: Partial<SyncAnswer> = {}): SyncAnswer => ({
  conversations: [],
  removed: [],
  changes: {},
  reads: {},
  muted: [],
  cursor: null,
  more: false,
  ...over,
});
const changes = (more: boolean) => ({ messages: [], uptoRev: 3, more, reset: false });

describe('a walk through what was missed', () => {
  it('is one question where one page covers everything', () => {
    const walk = new SyncWalk(['b', 'a']);
    expect(walk.next()).toEqual({ ids: ['a', 'b'], question: {} });
    walk.took(answer({ reads: { a: 1, b: 1 } }));
    expect(walk.next()).toBeNull();
  });

  it('follows the cursor, and does not name what was covered', () => {
    const walk = new SyncWalk(['a', 'b', 'c']);
    walk.took(answer({ reads: { b: 1 }, removed: ['c'], cursor: 'x', more: true }));
    expect(walk.next()).toEqual({ ids: ['a'], question: { cursor: 'x' } });
    walk.took(answer({ reads: { a: 1 } }));
    expect(walk.next()).toBeNull();
  });

  it('asks by name for the rest of what came in part, until it has come', () => {
    const walk = new SyncWalk(['a', 'b']);
    walk.took(answer({ reads: { a: 1, b: 1 }, changes: { a: changes(true) }, more: true }));
    expect(walk.next()).toEqual({ ids: ['a'], question: { named: true } });
    walk.took(answer({ reads: { a: 1 }, changes: { a: changes(true) }, more: true }));
    walk.took(answer({ reads: { a: 1 }, changes: { a: changes(false) } }));
    expect(walk.next()).toBeNull();
  });

  it('asks by name for what no page covered, and gives up on what is never answered', () => {
    const walk = new SyncWalk(['a', 'b']);
    walk.took(answer({ reads: { a: 1 } }));
    expect(walk.next()).toEqual({ ids: ['b'], question: { named: true } });
    walk.took(answer());
    expect(walk.next()).toBeNull();
  });

  it('takes an answer of a server that knows no cursor', () => {
    const walk = new SyncWalk([]);
    const { cursor: _cursor, more: _more, ...old } = answer({ reads: { a: 1 } });
    walk.took(old as SyncAnswer);
    expect(walk.next()).toBeNull();
  });

  it('asks part by part for very many, the parts adjoining each other', () => {
    const ids = Array.from({ length: 2 * namedAtMost + 1 }, (_, index) => String(index).padStart(5, '0'));
    const walk = new SyncWalk(ids);
    const bounds: unknown[] = [];
    const named: string[] = [];
    for (let next = walk.next(); next; next = walk.next()) {
      bounds.push(next.question);
      named.push(...next.ids);
      walk.took(answer({ reads: Object.fromEntries(next.ids.map((id) => [id, 1])) }));
    }
    expect(bounds).toEqual([{ afterId: '03999' }, { afterId: '01999', uptoId: '03999' }, { uptoId: '01999' }]);
    expect(named.sort()).toEqual(ids);
  });
});
