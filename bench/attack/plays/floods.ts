import { setTimeout as sleep } from 'node:timers/promises';
import { Wire } from '../../rig/wire.ts';
import { complaintsOf, figureOf, Others } from '../others.ts';
import type { Play } from '../play.ts';

const floodMs = 8_000;
const sockets = 4;
/** Frames that a socket sends in one turn. */
const burst = 200;

/** The frame with this number. */
type Frames = (number: number) => string;

export const renewFlood = floodOf('renew-flood', 'session:renew with wrong signatures', (token) => {
  const [head, body] = token.split('.');
  const payload = JSON.stringify(['session:renew', { token: `${head ?? ''}.${body ?? ''}.${'A'.repeat(86)}` }]);
  return (number) => `42${String(number)}${payload}`;
});

export const unknownFlood = floodOf('unknown-flood', 'commands that do not exist', () => (number) => `42${String(number)}["no:such",{}]`);

export const malformedFlood = floodOf('malformed-flood', 'frames that are no packets, and packets of other kinds', () => (number) => {
  const kinds = [
    `42${String(number)}["message:send"`,
    `42${String(number)}{"a":1}`,
    '43',
    '45-',
    `4${'['.repeat(200)}`,
    '9',
    '42["typing:set",{}]',
  ];
  return kinds[number % kinds.length] ?? '';
});

/** A member who connects again whenever the server ends a connection. */
function floodOf(name: string, what: string, framesFor: (token: string) => Frames): Play {
  return {
    name,
    summary: `one member's ${String(sockets)} sockets send ${what} as fast as they can`,
    run: async (stage) => {
      const [attacker] = await stage.people(1);
      const others = await Others.join(stage);
      const token = await attacker!.token();
      const { felt, result: sent } = await others.during(async () => {
        const until = performance.now() + floodMs;
        const flooding = Array.from({ length: sockets }, () => flood(stage.port, { token, frames: framesFor(token), until }));
        return (await Promise.all(flooding)).reduce((sum, each) => sum + each, 0);
      });
      others.leave();
      return { figures: { 'frames sent': String(sent), 'others p50/p95/max': figureOf(felt) }, faults: complaintsOf(felt) };
    },
  };
}

async function flood(port: number, { token, frames, until }: { token: string; frames: Frames; until: number }): Promise<number> {
  let sent = 0;
  while (performance.now() < until) {
    const wire = await Wire.open({ port, token, onPacket: () => undefined }).catch(() => null);
    while (wire?.isOpen === true && performance.now() < until) {
      for (let count = 0; count < burst; count++) wire.send(frames(sent++));
      await sleep(5);
    }
    wire?.close();
    await sleep(50);
  }
  return sent;
}
