import { AuditEntry } from '../../contracts/admin/audit.ts';
import { DeadLetter } from '../../contracts/admin/dead-letters.ts';
import { Job } from '../../contracts/admin/jobs.ts';
import { presentAuditEntry, presentCheck, presentDeadLetter, presentJob } from './present.ts';

const id = '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f';
const at = '2026-01-31T12:00:00.000Z';
const letter = { id, event: 'chat.messageCreated', subscriber: 'bots.greet', attempts: 3, firstFailedAt: at, lastFailedAt: at };
const job = { id, queue: 'chat.reindex', state: 'failed', attempts: 2, createdAt: at, startAfter: at, finishedAt: null } as const;

/** The payload and the error as admins see them, of a dead letter and of a job. */
const shown = (failed: { payload: unknown; error: string }) =>
  [presentDeadLetter({ ...letter, ...failed }), presentJob({ ...job, ...failed })].map(({ payload, error }) => ({ payload, error }));

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
  expect(JSON.stringify(shown({ payload, error: 'no' }))).not.toMatch(/secret ?plan/);
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
  const expected = { payload: { ...payload, text: '[5 characters]' }, error: 'no' };
  expect(shown({ payload: { ...payload, text: 'hello' }, error: 'no' })).toEqual([expected, expected]);
});

test.each([
  'Error: cannot read "the secret plan"',
  String.raw`Error: cannot read {"text":"line\nthe secret plan"}`,
  'Error: postgresql://confab:secretplan@db:5432/confab does not answer',
  'Error: 401 for Bearer secretplan',
])('an error does not repeat it: %s', (error) => {
  const errors = shown({ payload: { texts: ['the secret plan', 'line\nthe secret plan'] }, error }).map(({ error: text }) => text ?? '');
  expect(errors.filter((text) => /secret ?plan/.test(text))).toEqual([]);
  expect(errors.filter((text) => text.startsWith('Error: '))).toHaveLength(2);
});

test('what is stored beside what is declared stays inside', () => {
  const later = { lockedBy: 'node-1' };
  const entry = { ...later, id, at, actorId: null, transport: 'cli', address: '', operation: 'auth.changeRole', subject: id } as const;
  const audit = presentAuditEntry({ ...entry, input: { role: 'admin' }, outcome: 'ok', requestId: 'r' });
  const failed = { payload: {}, error: 'no', ...later };
  expect([AuditEntry.parse(audit).outcome, DeadLetter.parse(presentDeadLetter({ ...letter, ...failed })).error]).toEqual(['ok', 'no']);
  expect(Job.parse(presentJob({ ...job, payload: {}, ...later, error: null })).error).toBeNull();
  expect(presentCheck({ name: 'database', ok: true, required: true, detail: 'fine' })).toEqual({
    name: 'database',
    ok: true,
    detail: 'fine',
  });
});
