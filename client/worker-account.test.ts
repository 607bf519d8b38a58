import { beforeEach, describe, expect, test } from '@jest/globals';
import type { OutboxEntry } from './client.ts';
import { ManualTimers } from './test-timers.ts';
import { WorkerAccount } from './worker-account.ts';

const conversationId = '00000000-0000-4000-8000-000000000001';
let asked: string[];
/** What the server answers, by the end of the path; `offline`: nothing. */
let answers: Record<string, number | 'offline'>;
let kept: Map<string, OutboxEntry>;
let timers: ManualTimers;
let account: WorkerAccount;

beforeEach(() => {
  asked = [];
  answers = {};
  kept = new Map();
  timers = new ManualTimers();
  account = new WorkerAccount({ fetch: answer, timers, locks: undefined, outbox: outbox() });
});

const outbox = (): ConstructorParameters<typeof WorkerAccount>[0]['outbox'] => ({
  put: (userId, entry) => Promise.resolve(void kept.set(`${userId} ${entry.clientMessageId}`, entry)),
  remove: (userId, id) => Promise.resolve(void kept.delete(`${userId} ${id}`)),
});

const answer = (target: string | URL | Request, init?: RequestInit): Promise<Response> => {
  const path = (target as string).replace('/api/v1', '');
  const token = new Headers(init?.headers).get('Authorization');
  asked.push([init?.method, path, token].filter(Boolean).join(' '));
  const status = answers[path.split('/').at(-1) ?? ''] ?? 200;
  if (status === 'offline') return Promise.reject(new TypeError('fetch failed'));
  if (status !== 200) return Promise.resolve(Response.json({ code: status === 401 ? 'invalid_token' : 'forbidden', status }, { status }));
  if (path !== '/auth/refresh') return Promise.resolve(Response.json({}));
  return Promise.resolve(Response.json({ user: { id: 'ana' }, accessToken: 'token', expiresIn: 600 }));
};

const texts = () => [...kept.values()].map(({ text }) => text);

describe('what a service worker does for a person', () => {
  test('is done with a token of the moment, and leaves nothing that runs', async () => {
    await account.markRead('ana', { conversationId, seq: 7 });
    expect(asked).toEqual(['POST /auth/refresh', `PUT /conversations/${conversationId}/read Bearer token`]);
    expect(timers.pending).toBe(0);
  });

  test('gives the server its subscription before it takes the former one back', async () => {
    const keys = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };
    await account.subscribe('ana', { kind: 'webpush', endpoint: 'https://push.example/new', keys }, 'https://push.example/old');
    const calls = asked.filter((one) => !one.includes('refresh'));
    expect(calls.map((one) => one.replace(/[? ].*/, ''))).toEqual(['POST', 'DELETE']);
    expect(calls[1]).toContain(encodeURIComponent('https://push.example/old'));
  });

  test('is not done where somebody else is signed in', async () => {
    await expect(account.markRead('boris', { conversationId, seq: 7 })).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(asked).toEqual(['POST /auth/refresh']);
  });

  test('is not done where nobody is signed in', async () => {
    answers = { refresh: 401 };
    await expect(account.markRead('ana', { conversationId, seq: 7 })).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(timers.pending).toBe(0);
  });

  test('fails as offline without an answer', async () => {
    answers = { refresh: 'offline' };
    await expect(account.markRead('ana', { conversationId, seq: 7 })).rejects.toMatchObject({ code: 'offline' });
    expect(timers.pending).toBe(0);
  });
});

describe('a reply', () => {
  const reply = (owner = 'ana') => account.reply(owner, { conversationId, text: 'Yes!' });

  test('that was sent waits no longer', async () => {
    expect(await reply()).toBe('sent');
    expect([asked.at(-1), texts()]).toEqual([`POST /conversations/${conversationId}/messages Bearer token`, []]);
  });

  test.each(['refresh', 'messages'])('without an answer to %s waits in the outbox of the page', async (path) => {
    answers = { [path]: 'offline' };
    expect(await reply()).toBe('kept');
    expect(texts()).toEqual(['Yes!']);
  });

  test('that the server refuses does not wait', async () => {
    answers = { messages: 403 };
    expect([await reply(), texts()]).toEqual(['refused', []]);
  });

  test('is not sent in the name of somebody else', async () => {
    expect([await reply('boris'), texts()]).toEqual(['refused', []]);
  });

  test('that can neither be kept nor sent is refused', async () => {
    answers = { refresh: 'offline' };
    const full = () => Promise.reject(new Error('full'));
    account = new WorkerAccount({ fetch: answer, timers, locks: undefined, outbox: { put: full, remove: full } });
    expect(await reply()).toBe('refused');
  });
});
