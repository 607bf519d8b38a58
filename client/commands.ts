import { ClientError, fromProblem, offline } from './client-error.ts';
import type { Pulse } from './pulse.ts';
import type { Timers } from './timers.ts';
import type { Wire } from './wire.ts';

/** Commands of one socket that wait for their ack. */
export class Commands {
  readonly #wire: Wire;
  readonly #timers: Timers;
  readonly #pulse: Pick<Pulse, 'asked' | 'received'>;
  readonly #waiting = new Set<(error: ClientError) => void>();

  constructor(wire: Wire, timers: Timers, pulse: Pick<Pulse, 'asked' | 'received'>) {
    this.#pulse = pulse;
    this.#wire = wire;
    this.#timers = timers;
  }

  /** Resolves with the `data` of the ack; rejects with the problem of the ack, `deadline_exceeded` or `offline`. */
  send(command: string, payload: unknown, withinMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const fail = (error: ClientError): void => {
        done();
        reject(error);
      };
      const answered = this.#pulse.asked();
      const stop = this.#timers.after(withinMs, () => {
        fail(new ClientError('deadline_exceeded', { detail: `${command} was not answered in time.` }));
      });
      const done = (): void => {
        stop();
        answered();
        this.#waiting.delete(fail);
      };
      this.#waiting.add(fail);
      this.#wire.emit(command, payload, (ack) => {
        this.#pulse.received();
        if (!this.#waiting.has(fail)) return;
        if (isGood(ack)) {
          done();
          resolve(ack.data);
        } else fail(fromProblem((ack as { error?: unknown } | null)?.error, 0));
      });
    });
  }

  /** Rejects what still waits: the socket is closed, so whether the server did it is unknown. */
  abandon(): void {
    for (const fail of [...this.#waiting]) fail(offline('The connection was lost.'));
  }
}

const isGood = (ack: unknown): ack is { ok: true; data: unknown } =>
  typeof ack === 'object' && ack !== null && 'ok' in ack && ack.ok === true;
