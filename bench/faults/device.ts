import { setTimeout as sleep } from 'node:timers/promises';
import { Wire } from '../rig/wire.ts';
import type { Account } from './account.ts';

/** No answer came: the command may have happened or not. */
export class NoAnswer extends Error {}

/** The server said no. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface DeviceOptions {
  readonly port: number;
  readonly account: Account;
  readonly onEvent?: (name: string, payload: unknown) => void;
  /** A connection is open: the first, or one after a loss. */
  readonly onOpen?: (device: Device) => void;
}

interface Waiting {
  readonly answer: (data: unknown) => void;
  readonly fail: (cause: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** A socket that reconnects by itself, reads every packet whole, and distinguishes a lost answer from a refusal. */
export class Device {
  readonly #options: DeviceOptions;
  readonly #waiting = new Map<number, Waiting>();
  #wire: Wire | undefined;
  #nextAck = 0;
  #stopped = false;

  constructor(options: DeviceOptions) {
    this.#options = options;
    void this.#connect();
  }

  get isOpen(): boolean {
    return this.#wire?.isOpen === true;
  }

  /** Rejects with NoAnswer or Refused. */
  command<T>(name: string, payload: unknown, timeoutMs = 5000): Promise<T> {
    return new Promise((answer, fail) => {
      if (!this.#wire?.isOpen) {
        fail(new NoAnswer('not connected'));
        return;
      }
      const id = this.#nextAck++;
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        fail(new NoAnswer(`${name}: no answer in ${String(timeoutMs)} ms`));
      }, timeoutMs);
      this.#waiting.set(id, { answer: answer as (data: unknown) => void, fail, timer });
      this.#wire.send(`42${String(id)}${JSON.stringify([name, payload])}`);
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#wire?.close();
    this.#lose('stopped');
  }

  async #connect(): Promise<void> {
    const { port, account } = this.#options;
    while (!this.#stopped) {
      try {
        const token = await account.token();
        this.#wire = await Wire.open(
          {
            port,
            token,
            onPacket: this.#packet,
            onClose: (reason) => {
              this.#closed(reason);
            },
          },
          5000,
        );
        this.#options.onOpen?.(this);
        return;
      } catch (error) {
        if (String(error).includes('unauthenticated')) await account.renew().catch(() => undefined);
        await sleep(100 + Math.random() * 200);
      }
    }
  }

  #closed(reason: string): void {
    this.#lose(reason);
    if (!this.#stopped) void sleep(50).then(() => this.#connect());
  }

  #lose(reason: string): void {
    for (const { fail, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      fail(new NoAnswer(reason));
    }
    this.#waiting.clear();
  }

  readonly #packet = (buffer: Buffer, start: number, end: number): void => {
    const packet = buffer.toString('utf8', start, end);
    const bracket = packet.indexOf('[');
    if (packet.startsWith('2') && bracket > 0) {
      const [name, payload] = JSON.parse(packet.slice(bracket)) as [string, unknown];
      this.#options.onEvent?.(name, payload);
    } else if (packet.startsWith('3')) this.#answered(Number(packet.slice(1, bracket)), JSON.parse(packet.slice(bracket)) as [Answer]);
  };

  #answered(id: number, [answer]: [Answer]): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (answer.ok) waiting.answer(answer.data);
    else waiting.fail(new Refused(answer.error?.code ?? 'no_code', JSON.stringify(answer.error)));
  }
}

interface Answer {
  readonly ok: boolean;
  readonly data?: unknown;
  readonly error?: { readonly code?: string };
}
