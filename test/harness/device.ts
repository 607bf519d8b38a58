import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Problem } from '../../src/contracts/errors.ts';

export interface ReceivedEvent {
  readonly name: string;
  readonly payload: Record<string, unknown>;
}

/** A refusal as it is on the wire. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

type Ack = { ok: true; data: unknown } | { ok: false; error: Problem };
const patienceMs = 8_000;

/** One open socket of a person, speaking the wire contract and remembering the frames it received. */
export class Device {
  readonly received: ReceivedEvent[] = [];
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();

  static async open(url: string, token: string): Promise<Device> {
    const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
    const device = new Device(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error) => {
        const { data } = error as Error & { data?: Problem };
        reject(data ? new Refused(data) : error);
      });
    });
    return device;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.onAny((name: string, payload: Record<string, unknown>) => {
      this.received.push({ name, payload });
      for (const look of this.#waiting) look();
    });
    socket.on('disconnect', () => {
      this.received.push({ name: 'disconnect', payload: {} });
      for (const look of this.#waiting) look();
    });
  }

  get isOpen(): boolean {
    return this.#socket.connected;
  }

  /** Throws `Refused` when the ack says so. */
  async command<T = Record<string, unknown>>(name: string, payload: unknown): Promise<T> {
    const ack = (await this.#socket.timeout(patienceMs).emitWithAck(name, payload)) as Ack;
    if (!ack.ok) throw new Refused(ack.error);
    return ack.data as T;
  }

  send(conversationId: string, text: string, clientMessageId: string = randomUUID()): Promise<Receipt> {
    return this.command<Receipt>('message:send', { conversationId, text, clientMessageId });
  }

  all(name: string): Record<string, unknown>[] {
    return this.received.filter((event) => event.name === name).map(({ payload }) => payload);
  }

  /** The first event of this name that fits, received already or to come. */
  async receives(name: string, fits: (payload: Record<string, unknown>) => boolean = () => true): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.received.find((event) => event.name === name && fits(event.payload));
        if (!found) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found.payload);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`did not receive ${name}; received ${this.received.map((event) => event.name).join(', ') || 'nothing'}`));
      }, patienceMs);
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.#socket.disconnect();
  }
}

export interface Receipt {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly rev: number;
  readonly clientMessageId: string;
  readonly createdAt: string;
}
