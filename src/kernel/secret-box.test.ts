import fc from 'fast-check';
import { SecretBox } from './secret-box.ts';

const box = new SecretBox('a secret of the team', 'auth secrets at rest');

describe('a sealed text', () => {
  test('opens again under the same secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(new SecretBox('a secret of the team', 'auth secrets at rest').open(box.seal(text))).toBe(text);
      }),
    );
  });

  test('stays shut for another purpose', () => {
    expect(new SecretBox('a secret of the team', 'push keys at rest').open(box.seal('text'))).toBeNull();
  });

  test('stays shut under another', () => {
    expect(new SecretBox('another secret', 'auth secrets at rest').open(box.seal('text'))).toBeNull();
  });

  test('looks different each time and shows nothing of what is in it', () => {
    expect(box.seal('text')).not.toBe(box.seal('text'));
    expect(Buffer.from(box.seal('plain words'), 'base64url').toString('latin1')).not.toContain('plain');
  });

  test('stays shut when any of its bytes was changed', () => {
    const bytes = Buffer.from(box.seal('text'), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ 1;
      expect(box.open(changed.toString('base64url'))).toBeNull();
    }
  });

  test.each(['', 'x', 'not a box at all', 'ü'])('that is none opens to nothing: %j', (text) => {
    expect(box.open(text)).toBeNull();
  });
});
