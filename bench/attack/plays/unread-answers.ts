import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../faults/account.ts';
import { Wire } from '../../rig/wire.ts';
import { complaintsOf, figureOf, Others } from '../others.ts';
import type { Play } from '../play.ts';
import type { Stage } from '../stage.ts';
import { joinLongRoom } from './long-room.ts';

const pages = 150;
const syncs = 300;
/** An answer that makes no progress is ended after 30 s. */
const watchedMs = 50_000;
const grownAtMostMb = 200;

interface Left {
  readonly largestMb: number;
  readonly stillOpen: number;
}

/** One member asks for long answers over and over and reads none of them, by socket and by HTTP. */
export const unreadAnswers: Play = {
  name: 'unread-answers',
  summary: '300 catch-ups on a socket that reads nothing and 150 long pages over HTTP that nobody reads',
  run: async (stage) => {
    const { member: attacker, conversationId } = await joinLongRoom(stage);
    const others = await Others.join(stage);
    const beforeMb = stage.largestMb();
    const { felt, result } = await others.during(() => askAndReadNothing(stage, attacker, conversationId));
    others.leave();
    const grownMb = result.largestMb - beforeMb;
    return {
      figures: {
        'memory grew by': `${String(grownMb)} MB`,
        'connections left': String(result.stillOpen),
        'others p50/p95/max': figureOf(felt),
      },
      faults: [
        ...(grownMb > grownAtMostMb ? [`one member made a process grow by ${String(grownMb)} MB`] : []),
        ...(result.stillOpen > 0 ? [`${String(result.stillOpen)} connections that read nothing were still open`] : []),
        ...complaintsOf(felt),
      ],
    };
  },
};

async function askAndReadNothing(stage: Stage, attacker: Account, conversationId: string): Promise<Left> {
  const token = await attacker.token();
  const open = new Set<unknown>();
  await askBySocket(stage.port, { token, conversationId, open });
  for (let number = 0; number < pages; number++) askForPage(stage.port, { token, conversationId, open });
  const until = performance.now() + watchedMs;
  let largestMb = 0;
  while (performance.now() < until && (open.size > 0 || performance.now() < until - watchedMs / 2)) {
    largestMb = Math.max(largestMb, stage.largestMb());
    await sleep(250);
  }
  return { largestMb, stillOpen: open.size };
}

interface Asked {
  readonly token: string;
  readonly conversationId: string;
  readonly open: Set<unknown>;
}

/** Acknowledgement ids of twelve digits, half of them: servers that look for short ones take another way with these. */
async function askBySocket(port: number, { token, conversationId, open }: Asked): Promise<void> {
  const wire: Wire = await Wire.open({ port, token, onPacket: () => undefined, onClose: () => open.delete(wire) });
  open.add(wire);
  wire.stopReading();
  const question = JSON.stringify(['sync', { revs: { [conversationId]: 0 } }]);
  for (let number = 0; number < syncs; number++) wire.send(`42${String(number % 2 === 0 ? number : 100_000_000_000 + number)}${question}`);
  // A reader of nothing does not see the end: the next write does.
  const probe = setInterval(() => {
    if (open.has(wire)) wire.send('3');
    else clearInterval(probe);
  }, 500);
}

function askForPage(port: number, { token, conversationId, open }: Asked): void {
  const socket = connect({ port, host: '127.0.0.1' });
  open.add(socket);
  socket.pause();
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearInterval(probe);
    open.delete(socket);
  });
  socket.write(
    [
      `GET /api/v1/conversations/${conversationId}/messages?limit=200 HTTP/1.1`,
      'Host: 127.0.0.1',
      `Authorization: Bearer ${token}`,
      // Else a refusal, which is short, leaves an idle connection behind.
      'Connection: close',
      '\r\n',
    ].join('\r\n'),
  );
  // The same: an end behind unread bytes shows itself at a write.
  const probe = setInterval(() => socket.write('\r\n'), 2_000);
}
