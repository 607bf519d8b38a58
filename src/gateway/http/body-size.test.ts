import { changeUserSettings } from '../../contracts/auth/own-settings.ts';
import { logIn } from '../../contracts/auth/sessions.ts';
import { updateMe } from '../../contracts/auth/accounts.ts';
import { addMembers } from '../../contracts/chat/members.ts';
import { sendMessage } from '../../contracts/chat/messages.ts';
import { sync } from '../../contracts/chat/sync.ts';
import { operations } from '../../contracts/registry.ts';
import { bodyBytes } from './body-size.ts';
import { nestingOf } from './json-body.ts';

const newUuid = '01890000-0000-7000-8000-000000000000';

test('what anybody may send is 16 KB', () => {
  const open = operations.filter(({ http, access }) => http && access === 'public');
  expect(new Set(open.map(bodyBytes))).toEqual(new Set([16_384]));
  expect(bodyBytes(logIn)).toBe(16_384);
});

// The longest of it are 30 words of which a person is notified.
test('a change of settings is at most 24 KB, however many areas declare some', () => {
  expect(bodyBytes(changeUserSettings)).toBeLessThanOrEqual(24_576);
});

test('no operation takes more than 256 KB', () => {
  expect(Math.max(...operations.map(bodyBytes))).toBeLessThanOrEqual(262_144);
});

test('the longest message fits, however it is written', () => {
  const escaped = `{"text":"${'\\u8a9e'.repeat(16_000)}","clientMessageId":"${newUuid}","attachmentIds":[],"replyTo":null,"threadRootId":null}`;
  expect(bodyBytes(sendMessage)).toBeGreaterThanOrEqual(escaped.length);
});

test('a small change takes a small body, and long lists as many as their bound', () => {
  expect(bodyBytes(updateMe)).toBe(16_384);
  expect(bodyBytes(addMembers)).toBeGreaterThanOrEqual(JSON.stringify({ userIds: Array(100).fill(newUuid) }).length);
  expect(bodyBytes(sync)).toBe(262_144);
});

test.each([
  ['{}', 1],
  ['[[[]]]', 3],
  ['{"a":"[[[[\\"[[["}', 1],
  ['{"a\\\\":[{"b":[1]}]}', 4],
  ['[1,[2],[3,[4]]]', 3],
  ['"語[語"', 0],
  [']]]][', 0],
  ['['.repeat(100_000), 100_000],
])('%.20s nests %d deep', (json, depth) => {
  expect(nestingOf(Buffer.from(json))).toBe(depth);
});
