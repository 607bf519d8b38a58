import { redacted } from './redaction.ts';

test('secrets are struck out at any depth and everything else stays', () => {
  const fields = { userId: 'u', password: 'p', nested: { refreshToken: 't', list: [{ Authorization: 'Bearer x', name: 'n' }] } };
  const text = JSON.stringify(redacted(fields));
  expect(text).not.toMatch(/"p"|"t"|Bearer/);
  expect(text).toContain('"name":"n"');
  expect(text).toContain('"userId":"u"');
});

test('a secret deeper than anyone reads is not shown either', () => {
  let nest: object = { password: 'hunter2' };
  for (let depth = 0; depth < 50; depth++) nest = depth % 2 ? { nest } : { list: [nest] };
  expect(JSON.stringify(redacted(nest))).not.toContain('hunter2');
});

test('a circle ends', () => {
  const circle: Record<string, unknown> = { name: 'n' };
  circle['self'] = circle;
  expect(JSON.stringify(redacted(circle))).toContain('[deep]');
});

test('what knows its own JSON is shown as that, less its secrets', () => {
  const session = { toJSON: () => ({ device: 'phone', token: 'hunter2' }) };
  expect(redacted({ at: new Date(0), url: new URL('https://example.org/'), session })).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    url: 'https://example.org/',
    session: { device: 'phone', token: '[struck out]' },
  });
});

test('an error is shown with its stack, a list no longer than a hundred', () => {
  const { error, list } = redacted({ error: new Error('broken'), list: Array.from({ length: 1000 }, () => 0) }) as {
    error: string;
    list: unknown[];
  };
  expect(error).toMatch(/^Error: broken\n/);
  expect(list).toHaveLength(100);
});

test('the value itself is left as it was', () => {
  const fields = { nested: { password: 'p' } };
  redacted(fields);
  expect(fields).toEqual({ nested: { password: 'p' } });
});
