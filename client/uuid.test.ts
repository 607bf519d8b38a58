import { describe, expect, it } from '@jest/globals';
import { newUuid } from './uuid.ts';

describe('a client message id', () => {
  it('is a version 7 UUID and another one each time', () => {
    expect(newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newUuid()).not.toBe(newUuid());
  });

  it('sorts behind those of the time before', () => {
    const ids = [1_000, 1_700_000_000_000, 1_700_000_000_001, 4_000_000_000_000].map((ms) => newUuid(ms));
    expect(ids).toEqual(ids.toSorted());
    expect(ids[1]).toMatch(/^018bcfe5-6800-7/);
  });

  it.each([0, -5, 2 ** 48, Number.MAX_SAFE_INTEGER, 1.5])('is a UUID whatever the clock says (%d)', (nowMs) => {
    expect(newUuid(nowMs)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
