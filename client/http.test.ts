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
});
