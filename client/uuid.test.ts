import { describe, expect, it } from '@jest/globals';
import { newUuid } from './uuid.ts';

describe('a client message id', () => {
  it('is a version 4 UUID and another one each time', () => {
    expect(newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newUuid()).not.toBe(newUuid());
  });
});
