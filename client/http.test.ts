import { describe, expect, it } from '@jest/globals';
import { getConversation } from '../src/contracts/chat/conversations.ts';
import { listMessages, sendMessage } from '../src/contracts/chat/messages.ts';
import { removeReaction } from '../src/contracts/chat/reactions.ts';
import { sync } from '../src/contracts/chat/sync.ts';
import { getKeys } from '../src/contracts/auth/keys.ts';
import type { Operation } from '../src/contracts/define.ts';
import { Http, requestOf } from './http.ts';
import { ManualTimers } from './test-timers.ts';

const binding = ({ http }: Operation) => http ?? { method: 'GET' as const, path: '/' as const };

describe('requestOf', () => {
  it('puts path names into the path and the rest of a GET into the query', () => {
    expect(requestOf(binding(listMessages), { conversationId: 'c1', beforeSeq: 7, limit: undefined })).toEqual({
      method: 'GET',
      target: '/api/v1/conversations/c1/messages?beforeSeq=7',
      body: null,
    });
  });

  it('puts the rest of a POST into the body', () => {
    expect(requestOf(binding(sendMessage), { conversationId: 'c1', clientMessageId: 'm', text: 'hi' })).toEqual({
      method: 'POST',
      target: '/api/v1/conversations/c1/messages',
      body: '{"clientMessageId":"m","text":"hi"}',
    });
    expect(requestOf(binding(sync), { revs: {} }).body).toBe('{"revs":{}}');
  });

  it('escapes what stands in the path', () => {
    expect(requestOf(binding(removeReaction), { messageId: 'm1', emoji: '👍/../x' }).target).toBe(
      '/api/v1/messages/m1/reactions/%F0%9F%91%8D%2F..%2Fx',
    );
  });

  it('knows addresses at the root of the origin', () => {
    expect(requestOf(binding(getKeys), {}).target).toBe('/.well-known/jwks.json');
  });
});

describe('Http', () => {
  const httpOver = (answer: () => Promise<Response>) =>
    new Http({ url: 'http://server', timers: new ManualTimers(), fetch: answer, isProgram: true });

  it('rejects with the problem the server names', async () => {
    const problem = { type: 't', title: 'x', status: 404, code: 'not_found', detail: 'gone', requestId: 'r' };
    const http = httpOver(() => Promise.resolve(new Response(JSON.stringify(problem), { status: 404 })));
    await expect(http.send(getConversation, { conversationId: 'c1' }, null)).rejects.toMatchObject({ code: 'not_found', problem });
  });

  it('takes an answer that is no problem document for a server that is not there', async () => {
    const http = httpOver(() => Promise.resolve(new Response('<html>', { status: 502 })));
    await expect(http.send(getConversation, { conversationId: 'c1' }, null)).rejects.toMatchObject({ code: 'unavailable', problem: null });
  });

  it('is offline when nothing answers', async () => {
    const http = httpOver(() => Promise.reject(new TypeError('fetch failed')));
    await expect(http.send(getConversation, { conversationId: 'c1' }, null)).rejects.toMatchObject({ code: 'offline' });
  });

  it('downloads bytes with the token, however long they take as long as some come', async () => {
    const timers = new ManualTimers();
    const asked: unknown[] = [];
    let more!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (more = controller) });
    const http = new Http({
      url: 'http://server',
      timers,
      fetch: (target, init) => {
        asked.push([target, new Headers(init?.headers).get('authorization')]);
        init?.signal?.addEventListener('abort', () => {
          more.error(new Error('aborted'));
        });
        return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'image/png' } }));
      },
      isProgram: false,
    });
    const download = http.download('/media/f1', 'token');
    for (const byte of [1, 2, 3]) {
      await timers.pass(20_000);
      more.enqueue(Uint8Array.of(byte));
    }
    await timers.pass(1);
    more.close();
    const blob = await download;
    expect([blob.type, [...new Uint8Array(await blob.arrayBuffer())]]).toEqual(['image/png', [1, 2, 3]]);
    expect(asked).toEqual([['http://server/api/v1/media/f1', 'Bearer token']]);
  });

  it('ends a download of which nothing comes, and says why one is refused', async () => {
    const timers = new ManualTimers();
    const fetchNothing = (_target: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
    const silent = new Http({ url: 'http://server', timers, fetch: fetchNothing as typeof fetch, isProgram: false });
    const download = silent.download('/media/f1', 'token');
    download.catch(() => undefined);
    await timers.pass(30_001);
    await expect(download).rejects.toMatchObject({ code: 'offline' });
    const problem = { type: 't', title: 'x', status: 404, code: 'not_found', detail: 'gone', requestId: 'r' };
    const gone = httpOver(() => Promise.resolve(new Response(JSON.stringify(problem), { status: 404 })));
    await expect(gone.download('/media/f1', 'token')).rejects.toMatchObject({ code: 'not_found' });
  });
});
