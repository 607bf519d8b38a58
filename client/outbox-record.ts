import type { OutboxEntry, SentMessage } from './client.ts';
import type { ClientError } from './client-error.ts';

export type Acked = Awaited<SentMessage['acked']>;

/** An entry of the outbox with the promise its sender holds. */
export class OutboxRecord {
  entry: OutboxEntry;
  /** The server has it; it leaves the outbox once the message arrives in the log. */
  receipt: Acked | null = null;
  /** Resolves when the entry is stored, or cannot be: then it lives in memory alone. */
  stored: Promise<boolean> = Promise.resolve(true);
  readonly acked: Promise<Acked>;
  #resolve!: (acked: Acked) => void;
  #reject!: (error: ClientError) => void;

  constructor(entry: OutboxEntry) {
    this.entry = entry;
    this.acked = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // The caller may ignore the promise; the entry shows the same failure.
    this.acked.catch(() => undefined);
  }

  get isWaiting(): boolean {
    return this.entry.state === 'waiting';
  }

  become(state: OutboxEntry['state'], code: string | null = null): void {
    this.entry = { ...this.entry, state, code };
  }

  resolve({ id, seq, rev, createdAt }: Acked): void {
    this.receipt ??= { id, seq, rev, createdAt };
    this.#resolve(this.receipt);
  }

  reject(error: ClientError): void {
    this.#reject(error);
  }
}
