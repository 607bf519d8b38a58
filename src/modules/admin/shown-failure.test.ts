import { shown } from './shown-failure.ts';

const id = '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f';

test.each([
  ['a message', { message: { text: 'the secret plan' } }],
  ['a message of one word', { message: { text: 'secretplan' } }],
  ['a list of texts', { messages: ['the secret plan', 'secretplan'] }],
  ['a field that no version knows yet', { reminder: { note: 'secretplan' } }],
  ['JSON within a text', { body: JSON.stringify({ text: 'the secret plan' }) }],
  ['the name of a private conversation', { conversation: { name: 'secretplan', topic: 'secretplan' } }],
  ['a token', { accessToken: 'secretplan', url: 'https://chat.example/reset#secretplan', inviteCode: 'secretplan' }],
  ['something deep', { a: { b: { c: { d: { e: { f: { g: 'the secret plan' } } } } } } }],
])('%s is not shown to admins', (_name, payload) => {
  expect(JSON.stringify(shown({ payload, error: null }))).not.toMatch(/secret ?plan/);
});

test('what an admin needs to find the cause is shown', () => {
  const payload = {
    conversationId: id,
    kind: 'group',
    seq: 7,
    sentAt: '2026-01-31T12:00:00.000Z',
    userIds: [id],
    user: { username: 'ana', role: 'guest' },
  };
  expect(shown({ payload: { ...payload, text: 'hello' }, error: 'no' })).toEqual({
    payload: { ...payload, text: '[5 characters]' },
    error: 'no',
  });
});

test.each([
  'Error: cannot read "the secret plan"',
  String.raw`Error: cannot read {"text":"line\nthe secret plan"}`,
  'Error: postgresql://confab:secretplan@db:5432/confab does not answer',
  'Error: 401 for Bearer secretplan',
])('an error does not repeat it: %s', (error) => {
  const { error: text } = shown({ payload: { texts: ['the secret plan', 'line\nthe secret plan'] }, error });
  expect(text).not.toMatch(/secret ?plan/);
  expect(text).toMatch(/^Error: /);
});
