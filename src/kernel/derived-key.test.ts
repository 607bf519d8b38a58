import { createHash } from 'node:crypto';
import { derivedKey, teamPrefix } from './derived-key.ts';

const secret = 'Jg0Oi3TTrWcbPnZ3h8Xq2vEw9yLkR5sD1uA7fHmQxBc';

test('each purpose has a key of its own, the same in every process', () => {
  const names = derivedKey(secret, 'names at redis and rabbitmq');
  expect(names).toHaveLength(32);
  expect(names).toEqual(derivedKey(secret, 'names at redis and rabbitmq'));
  expect(names).not.toEqual(derivedKey(secret, 'messages between processes'));
  expect(names).not.toEqual(derivedKey(`${secret}x`, 'names at redis and rabbitmq'));
});

test('names at a shared server are no plain digest of the secret', () => {
  const name = teamPrefix(secret).split(':')[1] ?? '';
  expect(name).toMatch(/^[\w-]{12}$/);
  for (const encoding of ['hex', 'base64url'] as const)
    for (const algorithm of ['sha1', 'sha256', 'sha512']) expect(createHash(algorithm).update(secret).digest(encoding)).not.toContain(name);
});
