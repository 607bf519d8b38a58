import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createClient } from './create-client.ts';
import { conversationId, FlakyServer } from './test-server.ts';
import { ManualTimers } from './test-timers.ts';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ does: 'peerSays' as const }) },
  { weight: 4, arbitrary: fc.constant({ does: 'send' as const }) },
  fc.record({ does: fc.constantFrom('edit' as const, 'react' as const), index: fc.nat(30) }),
  fc.record({ does: fc.constantFrom('loseEvents' as const, 'loseAcks' as const), count: fc.integer({ min: 1, max: 3 }) }),
  fc.constant({ does: 'cut' as const }),
  fc.constant({ does: 'beat' as const }),
  { weight: 3, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(0, 5, 20, 21, 150, 3_000) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function signedIn() {
  const timers = new ManualTimers();
  const server = new FlakyServer(timers);
  const client = createClient({ url: 'http://server' }, { timers, openWire: server.openWire, fetch: server.fetch });
  const received: string[] = [];
  client.on('message', ({ id }) => received.push(id));
  await client.logIn({ login: 'me', password: 'secret' });
  await timers.pass(100);
  const handle = client.conversation(conversationId);
  handle.timeline.subscribe(() => undefined);
  await handle.openLatest();
  return { timers, server, client, handle, received };
}

async function perform(one: Step, { timers, server, handle }: Awaited<ReturnType<typeof signedIn>>, sent: string[]): Promise<void> {
  if (one.does === 'pass') await timers.pass(one.ms);
  else if (one.does === 'send') sent.push(handle.send({ text: `mine ${String(sent.length)}` }).clientMessageId);
  else if (one.does === 'loseEvents') server.eventsToLose = one.count;
  else if (one.does === 'loseAcks') server.acksToLose = one.count;
  else if ('index' in one) server[one.does](one.index);
  else server[one.does]();
}

describe('a client on a network that loses events, acks and connections', () => {
  it('ends with the log of the server, reports each message once and in order, and sends each of its own once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
        const device = await signedIn();
        const { timers, server, client, handle, received } = device;
        const sent: string[] = [];
        for (const one of steps) await perform(one, device, sent);
        [server.eventsToLose, server.acksToLose] = [0, 0];
        // Unanswered sends run out of time one after another before they are repeated.
        await timers.pass(600_000);
        server.beat();
        await timers.pass(10_000);
        expect(client.connection.get().status).toBe('online');
        expect(handle.timeline.get().messages).toEqual(server.log.messages);
        expect(handle.timeline.get().pending).toEqual([]);
        expect(received).toEqual(server.othersTexts);
        const mine = server.log.messages.filter(({ text, clientMessageId }) => text.startsWith('mine') || sent.includes(clientMessageId));
        expect(mine.map(({ clientMessageId }) => clientMessageId)).toEqual(sent);
        expect(client.conversations.get()[0]).toMatchObject({ lastSeq: server.log.messages.length });
        await client.stop();
        expect(timers.pending).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps no timer once it is stopped, whatever it was doing', async () => {
    const { timers, server, client, handle } = await signedIn();
    server.acksToLose = 1;
    handle.send({ text: 'unanswered' });
    handle.setTyping(true);
    handle.markRead(1);
    server.eventsToLose = 1;
    server.peerSays();
    server.peerSays();
    await client.stop();
    // The server's own replies run out.
    await timers.pass(20);
    expect(timers.pending).toBe(0);
    expect(client.connection.get().status).toBe('idle');
  });

  it('goes on where it was after a stop and a start', async () => {
    const { timers, server, client, handle, received } = await signedIn();
    await client.stop();
    server.peerSays();
    const { acked } = handle.send({ text: 'written while stopped' });
    await client.start();
    await timers.pass(1_000);
    await expect(acked).resolves.toMatchObject({ seq: 2 });
    expect(received).toEqual(server.othersTexts);
    await client.stop();
  });
});
