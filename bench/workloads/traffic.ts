import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadClient } from '../rig/load-client.ts';
import { textOf } from '../rig/population.ts';
import type { Crowd, Group } from './crowd.ts';

/** What went wrong with deliveries; all zero when every member got every acked message exactly once, in one order. */
export interface Faults {
  readonly refused: number;
  readonly unanswered: number;
  readonly missing: number;
  readonly surplus: number;
  readonly repeated: number;
  readonly disordered: number;
  readonly disconnected: number;
}

/**
 * Messages into a crowd, numbered from 0, with the books kept: what was sent, answered and delivered.
 * Subclasses of load (closed loop, fixed rate) decide when to send.
 */
export class Traffic {
  sent = 0;
  acked = 0;
  refused = 0;
  firstRefusal: string | undefined;
  /** Called after each answer, to send the next one. */
  onAnswer: (group: Group, writer: LoadClient) => void = () => undefined;
  readonly crowd: Crowd;
  readonly #ackedOf = new Map<Group, number>();
  readonly #baseline = new Map<LoadClient, number>();
  readonly #seen = new Map<LoadClient, number[]>();

  constructor(crowd: Crowd) {
    this.crowd = crowd;
    for (const group of crowd.groups) this.#attach(group);
    for (const observer of crowd.observers) this.#observe(observer);
  }

  /** All deliveries counted by all members since this traffic began. */
  get delivered(): number {
    let sum = 0;
    for (const [client, before] of this.#baseline) sum += client.deliveries - before;
    return sum;
  }

  send(group: Group, writer: LoadClient): number {
    const number = this.sent++;
    writer.send(group.conversationId, textOf(number));
    return number;
  }

  /** Waits until what is on its way has arrived, at most `timeoutMs`, and closes the books. */
  async settle(timeoutMs = 10_000): Promise<Faults> {
    this.onAnswer = () => undefined;
    const deadline = performance.now() + timeoutMs;
    while (performance.now() < deadline && (this.acked + this.refused < this.sent || this.delivered < this.#expected())) await sleep(20);
    // Surplus deliveries would come late: leave them a moment.
    await sleep(100);
    return this.#faults();
  }

  #attach(group: Group): void {
    this.#ackedOf.set(group, 0);
    for (const member of group.members) this.#baseline.set(member, member.deliveries);
    for (const writer of group.writers) {
      writer.onAnswer = (receipt, answer) => {
        if (receipt) {
          this.acked++;
          this.#ackedOf.set(group, this.#ackedOf.get(group)! + 1);
        } else {
          this.refused++;
          this.firstRefusal ??= answer;
        }
        this.onAnswer(group, writer);
      };
    }
  }

  #observe(observer: LoadClient): void {
    const numbers: number[] = [];
    this.#seen.set(observer, numbers);
    observer.onNumber = (number) => numbers.push(number);
  }

  #expected(): number {
    let sum = 0;
    for (const [group, acked] of this.#ackedOf) sum += acked * group.members.length;
    return sum;
  }

  #faults(): Faults {
    let missing = 0;
    let surplus = 0;
    let disconnected = 0;
    for (const [group, acked] of this.#ackedOf) {
      for (const member of group.members) {
        const difference = acked - (member.deliveries - this.#baseline.get(member)!);
        missing += Math.max(0, difference);
        surplus += Math.max(0, -difference);
        if (member.closed !== undefined) disconnected++;
      }
    }
    const unanswered = this.sent - this.acked - this.refused;
    return { refused: this.refused, unanswered, missing, surplus, disconnected, ...this.#observed() };
  }

  /** Repeats at one observer, and places where two observers of one group saw different messages. */
  #observed(): { repeated: number; disordered: number } {
    let repeated = 0;
    let disordered = 0;
    for (const numbers of this.#seen.values()) repeated += numbers.length - new Set(numbers).size;
    for (const { members } of this.crowd.groups) {
      const [first, ...others] = members.flatMap((member) => [this.#seen.get(member)].filter((numbers) => numbers !== undefined));
      for (const other of others) disordered += other.filter((number, place) => number !== first?.[place]).length;
    }
    return { repeated, disordered };
  }
}
