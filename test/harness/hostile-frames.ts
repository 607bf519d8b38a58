import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Seeded } from '../../bench/faults/seeded.ts';
import type { SocketBinding } from '../../src/contracts/define.ts';
import { operations } from '../../src/contracts/registry.ts';
import { hostileValue, inputsFor } from './arbitrary.ts';

/** What one turn of the fuzzer sends: texts and buffers in order, and the ack id that it must bring, if any. */
export interface Shot {
  readonly frames: readonly (string | Buffer)[];
  readonly ackId?: number;
}

const inputsEach = 120;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Socket.IO keeps them to itself: a client that sends one breaks the protocol. */
const reserved = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];
const strangeNames = [
  'no:such',
  '',
  'constructor',
  '__proto__',
  'prototype',
  'hasOwnProperty',
  'toString',
  'message:send\u0000',
  'x'.repeat(5_000),
  '💥',
  'lone\ud800',
];

/** Frames of every kind, the same for the same seed. */
export class HostileFrames {
  readonly #dice: Seeded;
  readonly #payloads: ReadonlyMap<string, readonly string[]>;
  readonly #hostile: readonly string[];
  readonly #ids: readonly string[];
  #sequence = 0;

  /** `ids`: conversations and messages to aim at, one's own and those of others. */
  constructor(seed: number, ids: readonly string[]) {
    this.#dice = new Seeded(seed);
    this.#ids = ids;
    const sample = (values: fc.Arbitrary<unknown>) =>
      fc.sample(values, { numRuns: inputsEach, seed }).map((value) => (JSON.stringify(value) as string | undefined) ?? 'null');
    const commands = operations.filter(
      (operation): operation is typeof operation & { socket: SocketBinding<unknown> } => operation.socket !== undefined,
    );
    this.#payloads = new Map(commands.map(({ socket, input }) => [socket.command, sample(inputsFor(input))]));
    this.#hostile = sample(hostileValue);
  }

  /** A command with an ack id: well-formed as Socket.IO sees it, whatever it asks for. */
  command(): Shot {
    const ackId = this.#nextId();
    const roll = this.#dice.next();
    if (roll < 0.75) {
      const name = this.#pick([...this.#payloads.keys()]);
      return { frames: [`42${String(ackId)}[${JSON.stringify(name)},${this.#aimed(this.#pick(this.#payloads.get(name) ?? []))}]`], ackId };
    }
    if (roll < 0.9)
      return { frames: [`42${String(ackId)}[${JSON.stringify(this.#pick(strangeNames))},${this.#pick(this.#hostile)}]`], ackId };
    if (roll < 0.95) return { frames: [`42${String(ackId)}[${JSON.stringify(this.#pick([...this.#payloads.keys()]))}]`], ackId };
    return {
      frames: [`451-${String(ackId)}["message:send",{"_placeholder":true,"num":0}]`, Buffer.from(this.#pick(this.#hostile))],
      ackId,
    };
  }

  /** What a server may ignore and must survive; the connection goes on. */
  oddity(): Shot {
    const payload = this.#pick(this.#hostile);
    return {
      frames: [
        this.#pick([
          `42["typing:set",${payload}]`,
          `42["no:such",${payload}]`,
          `42["__proto__",${payload}]`,
          `43${String(this.#nextId())}[${payload}]`,
          '43999999[1]',
          '3',
          '6',
        ]),
      ],
    };
  }

  /** What breaks the protocol: the server may end the connection for it. */
  violation(): Shot {
    const deep = 1_000 + Math.floor(this.#dice.next() * 50_000);
    const id = String(this.#nextId());
    return {
      frames: [
        this.#pick<string | Buffer>([
          `42${id}["message:send"`,
          `42${id}{"a":1}`,
          `42${id}`,
          `42${'9'.repeat(400)}["typing:set",{}]`,
          `42${id}[1e999999,{}]`,
          `42${id}[${'['.repeat(deep)}${']'.repeat(deep)}]`,
          `4${'['.repeat(deep)}`,
          `42${id}["sync",${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}]`,
          `42/other,${id}["message:send",{}]`,
          `42/__proto__,${id}["message:send",{}]`,
          ...reserved.map((name) => `42${id}["${name}",{}]`),
          '40{"token":"x"}',
          '40/other,{}',
          '41',
          '44{"message":"no"}',
          '452-["x",{"_placeholder":true,"num":7}]',
          '451000000-["x"]',
          '45-["x"]',
          '47',
          '4',
          '2probe',
          '1',
          '0{"sid":"x"}',
          '5',
          '9',
          'b4AAAA',
          '\u0000',
          Buffer.from([0, 255, 254]),
          Buffer.alloc(70_000, 1),
          'x'.repeat(200_000),
          `42${id}["session:renew",{"token":"a.b.c"}]`,
        ]),
      ],
    };
  }

  #nextId(): number {
    // Short ids take the short way in, long ones Socket.IO's own.
    this.#sequence++;
    return this.#dice.next() < 0.3 ? 100_000_000_000 + this.#sequence : this.#sequence;
  }

  /** Now and then an id that is there in place of one that is not, and a new one in place of one that was used. */
  #aimed(payload: string): string {
    return payload.replace(uuid, (id) => (this.#dice.next() < 0.5 ? this.#pick(this.#ids) : this.#dice.next() < 0.5 ? randomUUID() : id));
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#dice.next() * from.length)] as T;
  }
}
