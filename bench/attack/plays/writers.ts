import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../faults/account.ts';
import { Device, Refused } from '../../faults/device.ts';

/** One person writes `texts` as fast as the server takes them, waiting when it says so. Answers how many were acknowledged. */
export async function writeAll(
  port: number,
  account: Account,
  { conversationId, texts }: { conversationId: string; texts: readonly string[] },
): Promise<number> {
  const device = new Device({ port, account });
  while (!device.isOpen) await sleep(20);
  const acked = await Promise.all(texts.map((text) => write(device, { conversationId, clientMessageId: randomUUID(), text })));
  device.stop();
  return acked.length;
}

async function write(device: Device, payload: { conversationId: string; clientMessageId: string; text: string }): Promise<void> {
  for (;;) {
    const outcome = await device.command('message:send', payload, 20_000).catch((error: unknown) => error);
    if (!(outcome instanceof Error)) return;
    if (outcome instanceof Refused && outcome.code !== 'rate_limited' && outcome.code !== 'unavailable') throw outcome;
    await sleep(500);
  }
}
