import { randomUUID } from 'node:crypto';
import type { Scene } from '../harness/team.ts';

const hostile: readonly unknown[] = [
  null,
  [],
  'text',
  42,
  { $ne: null },
  { conversationId: { $ne: null }, text: 'x', clientMessageId: 'x' },
  { conversationId: ['a'], text: ['b'] },
  JSON.parse('{"__proto__":{"admin":true},"constructor":{}}'),
  { conversationId: randomUUID(), clientMessageId: randomUUID(), text: 'nul \u0000 here' },
  { conversationId: randomUUID(), clientMessageId: randomUUID(), text: 'lone \ud800 surrogate' },
  { conversationId: randomUUID(), clientMessageId: randomUUID(), text: 'ok', extra: true },
  Array.from({ length: 60 }).reduce<unknown>((inner) => ({ inner }), {}),
];

export const badInput = {
  'every malformed command gets exactly one refusal and the socket lives': async ({ actors }: Scene) => {
    const [ana] = await actors('ana');
    const device = await ana.comesOnline();
    for (const name of [
      'message:send',
      'sync',
      'conversation:create',
      'conversation:read',
      'typing:set',
      'presence:set',
      'presence:subscribe',
      'session:renew',
    ])
      for (const payload of hostile.slice(name === 'sync' || name === 'typing:set' ? 1 : 0)) {
        const refusal = await device.command(name, payload).then(
          () => null,
          (error: unknown) => (error as { problem?: { status: number } }).problem,
        );
        expect({ name, payload, status: refusal?.status ?? 0 }).toMatchObject({ status: 400 });
      }
    await expect(device.command('no:such', {})).rejects.toMatchObject({ problem: { code: 'not_found' } });
    expect(device.isOpen).toBe(true);
  },

  'every malformed body is refused with its faults named': async ({ actors }: Scene) => {
    const [ana] = await actors('ana');
    for (const body of hostile) {
      const answer = await ana.api.request('POST', '/conversations', JSON.stringify(body));
      expect({ body, status: answer.status }).toMatchObject({ status: 400 });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    const fault = await ana.api.request('POST', '/conversations', { kind: 'party' });
    expect(fault.body).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'kind' }],
      requestId: fault.headers.get('x-request-id'),
    });
    expect((await ana.api.request('POST', '/conversations', '{"kind":')).body).toMatchObject({ code: 'validation_failed' });
    expect((await ana.api.request('POST', '/conversations', 'x'.repeat(300_000))).status).toBe(413);
    expect((await ana.api.request('POST', '/conversations', '{}', { 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect((await ana.api.request('POST', '/conversations', '{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await ana.api.request('PUT', '/conversations', {})).status).toBe(405);
    expect((await ana.api.request('GET', '/nowhere')).status).toBe(404);
  },
} as const;
