import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../faults/account.ts';
import { Device } from '../faults/device.ts';
import { median, percentile } from '../rig/statistics.ts';
import type { Stage } from './stage.ts';

/** What a person notices, with the attackers on the same cores; on a quiet machine a send is acknowledged within 15 ms. */
const noticedMs = 400;
const senders = 3;
/** Four sends a second are what the budget of messages allows. */
const everyMs = 270;

export interface Felt {
  readonly sends: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Sends that were refused or had no answer in five seconds. */
  readonly failed: number;
}

/** People who write to one another all the time and have nothing to do with the attack. */
export class Others {
  readonly #devices: readonly Device[];
  readonly #conversationId: string;

  static async join(stage: Stage): Promise<Others> {
    const accounts = await stage.people(senders);
    const conversationId = await stage.group(accounts[0]!, accounts.slice(1));
    return new Others(stage.port, accounts, conversationId);
  }

  private constructor(port: number, accounts: readonly Account[], conversationId: string) {
    this.#devices = accounts.map((account) => new Device({ port, account }));
    this.#conversationId = conversationId;
  }

  leave(): void {
    for (const device of this.#devices) device.stop();
  }

  /** What they feel while `attack` is under way. */
  async during<T>(attack: () => Promise<T>): Promise<{ felt: Felt; result: T }> {
    while (!this.#devices.every(({ isOpen }) => isOpen)) await sleep(20);
    const waits: number[] = [];
    const state = { isOver: false, failed: 0 };
    const talk = this.#devices.map(async (device) => {
      while (!state.isOver) {
        const since = performance.now();
        const payload = { conversationId: this.#conversationId, clientMessageId: randomUUID(), text: 'good morning' };
        await device.command('message:send', payload).catch(() => state.failed++);
        waits.push(performance.now() - since);
        await sleep(Math.max(20, everyMs - (performance.now() - since)));
      }
    });
    const result = await attack().finally(() => (state.isOver = true));
    await Promise.all(talk);
    const felt = {
      sends: waits.length,
      p50Ms: median(waits),
      p95Ms: percentile(waits, 0.95),
      maxMs: Math.max(...waits),
      failed: state.failed,
    };
    return { felt, result };
  }
}

export const figureOf = ({ p50Ms, p95Ms, maxMs, sends }: Felt): string =>
  `${p50Ms.toFixed(0)} / ${p95Ms.toFixed(0)} / ${maxMs.toFixed(0)} ms of ${String(sends)}`;

/** What is wrong with what others felt, in words. */
export function complaintsOf({ failed, p95Ms }: Felt): string[] {
  return [
    ...(failed > 0 ? [`${String(failed)} sends of others failed`] : []),
    ...(p95Ms > noticedMs ? [`sends of others waited ${p95Ms.toFixed(0)} ms (p95), more than ${String(noticedMs)}`] : []),
  ];
}
