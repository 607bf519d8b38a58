import type { Account } from '../../faults/account.ts';
import { ask } from '../../rig/api.ts';
import { complaintsOf, figureOf, Others } from '../others.ts';
import type { Play } from '../play.ts';
import type { Stage } from '../stage.ts';
import { joinLongRoom } from './long-room.ts';

const readMs = 10_000;
const lanes = 8;

/** One member reads the longest pages there are, eight at a time, as fast as they are let. */
export const longReads: Play = {
  name: 'long-reads',
  summary: 'one member reads pages of the longest messages, eight at a time, as fast as the budgets let them',
  run: async (stage) => {
    const { member: attacker, conversationId } = await joinLongRoom(stage);
    const others = await Others.join(stage);
    const { felt, result: pages } = await others.during(() => readOn(stage, attacker, conversationId));
    others.leave();
    return { figures: { 'pages read': String(pages), 'others p50/p95/max': figureOf(felt) }, faults: complaintsOf(felt) };
  },
};

async function readOn(stage: Stage, attacker: Account, conversationId: string): Promise<number> {
  const token = await attacker.token();
  const until = performance.now() + readMs;
  let pages = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      const path = `/conversations/${conversationId}/messages?limit=200`;
      const { status } = await ask(stage.port, { method: 'GET', path, token, address: '198.51.95.1' });
      if (status === 200) pages++;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return pages;
}
