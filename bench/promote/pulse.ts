import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../faults/account.ts';
import { Device } from '../faults/device.ts';

const restMs = 20;
const againMs = 50;

/** One message after the other, each tried until it is acked: what somebody who writes all the time has to wait for. */
export class Pulse {
  readonly #device: Device;
  readonly #conversationId: string;
  #isStopping = false;

  constructor(port: number, account: Account, conversationId: string) {
    this.#device = new Device({ port, account });
    this.#conversationId = conversationId;
  }

  stop(): void {
    this.#isStopping = true;
  }

  async beat(): Promise<{ beats: number; longestGapMs: number }> {
    let beats = 0;
    let longestGapMs = 0;
    while (!this.#isStopping) {
      const since = performance.now();
      await this.#sendUntilAcked(randomUUID());
      longestGapMs = Math.max(longestGapMs, Math.round(performance.now() - since));
      beats++;
      await sleep(restMs);
    }
    this.#device.stop();
    return { beats, longestGapMs };
  }

  async #sendUntilAcked(clientMessageId: string): Promise<void> {
    const payload = { conversationId: this.#conversationId, clientMessageId, text: 'beat' };
    for (;;) {
      const acked = await this.#device.command('message:send', payload).then(
        () => true,
        () => false,
      );
      if (acked) return;
      await sleep(againMs);
    }
  }
}
