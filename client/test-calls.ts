import type { Client } from './client.ts';
import type { ClientError } from './client-error.ts';
import { settled } from './test-timers.ts';

/** A call whose answer a test gives. */
export interface WaitingCall {
  readonly name: string;
  readonly input: unknown;
  readonly answer: (output: unknown) => Promise<void>;
  readonly fail: (error: ClientError) => Promise<void>;
}

/** Calls of a client in their order, answered one by one. */
export function waitingCalls(): { asked: WaitingCall[]; call: Client['call']; last: (name: string) => WaitingCall } {
  const asked: WaitingCall[] = [];
  const call = ({ name }: { name: string }, input: unknown) =>
    new Promise((resolve, reject) => {
      const answer = (output: unknown) => (resolve(output), settled());
      const fail = (error: ClientError) => (reject(error), settled());
      asked.push({ name: name.split('.').at(-1) ?? '', input, answer, fail });
    });
  const last = (name: string): WaitingCall => {
    const found = asked.findLast((one) => one.name === name);
    if (!found) throw new Error(`${name} was not asked`);
    return found;
  };
  return { asked, call: call as unknown as Client['call'], last };
}
