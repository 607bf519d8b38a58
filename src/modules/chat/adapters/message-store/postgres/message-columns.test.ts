import { updateOf } from './message-columns.ts';

test('a patch updates the columns of its fields alone', () => {
  const [text, values] = updateOf('id', { text: 'after', editedAt: '2026-02-03T10:00:00.000Z', rev: 7 });
  expect(text).toBe('UPDATE chat.messages SET rev = $2::bigint, text = $3::text, edited_at = $4::timestamptz WHERE id = $1 RETURNING *');
  expect(values).toEqual(['id', 7, 'after', '2026-02-03T10:00:00.000Z']);
});

test('lists are stored as PostgreSQL takes them, empty ones as null', () => {
  const [, values] = updateOf('id', { mentions: ['ana', 'boris'], reactions: [{ emoji: '👍', userIds: ['ana'] }], rev: 7 });
  expect(values.slice(2)).toEqual(['{ana,boris}', '[{"emoji":"👍","userIds":["ana"]}]']);
  expect(updateOf('id', { mentions: [], reactions: [], rev: 7 })[1].slice(2)).toEqual([null, null]);
});

test('one set of fields is one prepared statement, whatever the values and their order', () => {
  const nameOf = (...patch: Parameters<typeof updateOf>) => updateOf(...patch)[2];
  expect(nameOf('one', { pinned: true, rev: 1 })).toBe(nameOf('other', { rev: 2, pinned: false }));
  expect(nameOf('one', { pinned: true, rev: 1 })).not.toBe(nameOf('one', { threadCount: 1, rev: 1 }));
});
