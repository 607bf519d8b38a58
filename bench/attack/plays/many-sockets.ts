import { setTimeout as sleep } from 'node:timers/promises';
import { eachOf } from '../../rig/api.ts';
import { Wire } from '../../rig/wire.ts';
import { complaintsOf, figureOf, Others } from '../others.ts';
import type { Play } from '../play.ts';

const signIns = 500;
const connections = 600;
const deliveredWithinMs = 1_000;
/** A person's devices on one node, three nodes at most. */
const heldAtMost = 150;

/** One member signs in 500 times on one connection and opens 600 connections. */
export const manySockets: Play = {
  name: 'many-sockets',
  summary: '500 sign-ins on one connection, and 600 connections of one member',
  run: async (stage) => {
    const [attacker, friend] = await stage.people(2);
    const conversationId = await stage.group(attacker!, [friend!]);
    const others = await Others.join(stage);
    const token = await attacker!.token();
    let copies = 0;
    const { felt, result: held } = await others.during(async () => {
      const count = (buffer: Buffer, start: number, end: number): void => {
        if (buffer.toString('utf8', start, end).includes('message:created')) copies++;
      };
      const first = await Wire.open({ port: stage.port, token, onPacket: count });
      for (let number = 0; number < signIns; number++) first.send(`40${JSON.stringify({ token })}`);
      const open = await eachOf(connections, 20, () =>
        Wire.open({ port: stage.port, token, onPacket: () => undefined }, 5_000).catch(() => null),
      );
      const body = { clientMessageId: crypto.randomUUID(), text: 'who receives this how often?' };
      await friend!.call({ method: 'POST', path: `/conversations/${conversationId}/messages`, body });
      await sleep(deliveredWithinMs);
      const stillOpen = open.filter((wire) => wire?.isOpen === true).length;
      for (const wire of [first, ...open]) wire?.close();
      return stillOpen;
    });
    others.leave();
    return {
      figures: {
        'connections held': String(held),
        'copies of a message on one connection': String(copies),
        'others p50/p95/max': figureOf(felt),
      },
      faults: [
        ...(copies > 1 ? [`one connection got a message ${String(copies)} times`] : []),
        ...(held > heldAtMost ? [`one member held ${String(held)} connections`] : []),
        ...complaintsOf(felt),
      ],
    };
  },
};
