import { newId } from './ids.ts';
import { SignedLinks } from './signed-links.ts';

const secret = 'a secret of thirty-two characters or more';
const claims = { userId: newId(), sessionId: newId(), expiresAt: Date.UTC(2026, 10, 28) };

test('a link says whose it is and until when, at every process that has the secret', () => {
  const link = new SignedLinks(secret).make('/a', claims);
  expect(new SignedLinks(secret).claimsOf('/a', link)).toEqual(claims);
  expect(link).toMatch(/^[\w-]{94}$/);
});

test('a link holds at no other path and under no other secret', () => {
  const link = new SignedLinks(secret).make('/a', claims);
  expect(new SignedLinks(secret).claimsOf('/b', link)).toBeNull();
  expect(new SignedLinks(`${secret}!`).claimsOf('/a', link)).toBeNull();
});

test('a link of which a character differs, or is missing, is none', () => {
  const links = new SignedLinks(secret);
  const link = links.make('/a', claims);
  for (let at = 0; at < link.length; at++) {
    // The last character holds bits that are not used.
    const other = link.charAt(at) === 'A' ? 'B' : 'A';
    if (at < link.length - 1) expect(links.claimsOf('/a', link.slice(0, at) + other + link.slice(at + 1))).toBeNull();
    expect(links.claimsOf('/a', link.slice(0, at))).toBeNull();
  }
  expect(links.claimsOf('/a', `${link}AAAA`)).toBeNull();
});
