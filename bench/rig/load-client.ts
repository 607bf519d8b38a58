import { numberIn } from './population.ts';
import { uuidAt } from './uuid.ts';
import { Wire } from './wire.ts';

export interface Receipt {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly rev: number;
  readonly clientMessageId: string;
  readonly createdAt: string;
}

export interface LoadClientOptions {
  readonly port: number;
  readonly token: string;
}

const one = 0x31;
const two = 0x32;
const three = 0x33;
const bracket = 0x5b;
const m = 0x6d;
const c = 0x63;

/**
 * One member under load. Acks are parsed whole; deliveries are only counted, by a few bytes of `2["message:created",…`
 * (the Engine.IO `4` is already taken off), unless somebody asks for their numbers.
 */
export class LoadClient {
  /** `message:created` events received so far. */
  deliveries = 0;
  /** Events of any other name. */
  otherEvents = 0;
  /** Called with the number in each delivered text; costs a search in the frame. */
  onNumber: ((number: number) => void) | undefined;
  /** Called once per answered send; `receipt` is undefined when the server refused. */
  onAnswer: (receipt: Receipt | undefined, answer: string) => void = () => undefined;
  closed: string | undefined;
  #wire!: Wire;
  #nextAck = 0;
  readonly #asked = new Map<number, { readonly resolve: (data: unknown) => void; readonly reject: (error: Error) => void }>();

  static async open(options: LoadClientOptions): Promise<LoadClient> {
    const client = new LoadClient();
    await client.#open(options);
    return client;
  }

  async #open({ port, token }: LoadClientOptions): Promise<void> {
    this.#wire = await Wire.open({
      port,
      token,
      onPacket: this.#packet,
      onClose: (reason) => {
        this.closed = reason;
      },
    });
  }

  send(conversationId: string, text: string): void {
    const body = `{"conversationId":"${conversationId}","clientMessageId":"${uuidAt(Date.now())}","text":"${text}"}`;
    this.#wire.send(`42${String(this.#nextAck++)}["message:send",${body}]`);
  }

  /** Any other command; the `data` of its ack. */
  ask<T>(command: string, payload: unknown): Promise<T> {
    const id = this.#nextAck++;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve: resolve as (data: unknown) => void, reject });
      this.#wire.send(`42${String(id)}[${JSON.stringify(command)},${JSON.stringify(payload)}]`);
    });
  }

  close(): void {
    this.#wire.close();
  }

  readonly #packet = (buffer: Buffer, start: number, end: number): void => {
    const type = buffer[start];
    if (type === two) this.#event(buffer, start, end);
    else if (type === three) this.#ack(buffer.toString('utf8', start, end));
    else if (type === one) this.closed = 'disconnected by the server';
  };

  #event(buffer: Buffer, start: number, end: number): void {
    // 2["message:created" : `m` behind the quote, `c` behind the colon. Nothing else that is sent here has both.
    if (buffer[start + 1] !== bracket || buffer[start + 3] !== m || buffer[start + 11] !== c) {
      this.otherEvents++;
      return;
    }
    this.deliveries++;
    if (this.onNumber) this.onNumber(numberIn(buffer, start, end));
  }

  #ack(packet: string): void {
    const [answer] = JSON.parse(packet.slice(packet.indexOf('['))) as [{ ok: boolean; data?: Receipt }];
    if (this.#asked.size > 0) {
      const id = parseInt(packet.slice(1), 10);
      const asked = this.#asked.get(id);
      if (asked) {
        this.#asked.delete(id);
        if (answer.ok) asked.resolve(answer.data);
        else asked.reject(new Error(packet));
        return;
      }
    }
    this.onAnswer(answer.ok ? answer.data : undefined, packet);
  }
}
