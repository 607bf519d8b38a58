import { redacted } from './redaction.ts';

test('secrets are struck out at any depth and everything else stays', () => {
  const fields = { userId: 'u', password: 'p', nested: { refreshToken: 't', list: [{ Authorization: 'Bearer x', name: 'n' }] } };
  const text = JSON.stringify(redacted(fields));
  expect(text).not.toMatch(/"p"|"t"|Bearer/);
  expect(text).toContain('"name":"n"');
  expect(text).toContain('"userId":"u"');
});
