import { createECDH } from 'node:crypto';
import fc from 'fast-check';
import ece from 'http_ece';
import { sealedFor } from './encryption.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

test('seals the example of RFC 8291, appendix A, to the same bytes', () => {
  const sealed = sealedFor(
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    Buffer.from('When I grow up, I want to be a watermelon'),
    { salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'), privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw') },
  );
  expect(sealed.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('a browser reads every text that was sealed for it, and nobody else does', () => {
  const [own, other] = [createECDH('prime256v1'), createECDH('prime256v1')];
  const [p256dh, auth] = [own.generateKeys('base64url'), Buffer.alloc(16, 7)];
  other.generateKeys();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (text) => {
      const sealed = sealedFor({ p256dh, auth: auth.toString('base64url') }, text);
      expect(ece.decrypt(sealed, { version: 'aes128gcm', privateKey: own, authSecret: auth })).toEqual(Buffer.from(text));
      expect(() => ece.decrypt(sealed, { version: 'aes128gcm', privateKey: other, authSecret: auth })).toThrow();
    }),
    { numRuns: 50 },
  );
});

const point = createECDH('prime256v1').generateKeys('base64url');
test.each([
  ['a key that is no point of the curve', `B${'A'.repeat(86)}`, 'BTBZMqHH6r4Tts7J_aSIgg'],
  ['a key of another length', 'BAAA', 'BTBZMqHH6r4Tts7J_aSIgg'],
  ['no key', '', 'BTBZMqHH6r4Tts7J_aSIgg'],
  ['a short secret', point, 'AAAA'],
])('throws for %s', (_what, p256dh, auth) => {
  expect(() => sealedFor({ p256dh, auth }, Buffer.from('text'))).toThrow();
});
