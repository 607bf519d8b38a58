import { eachOf } from '../rig/api.ts';
import { LoadClient } from '../rig/load-client.ts';
import type { Running } from '../rig/running.ts';

/** One conversation under load: who is in it, and who of them writes. */
export interface Group {
  readonly conversationId: string;
  readonly members: readonly LoadClient[];
  readonly writers: readonly LoadClient[];
}

export interface Crowd {
  readonly groups: readonly Group[];
  /** Members whose deliveries are looked at one by one. */
  readonly observers: readonly LoadClient[];
  close(): void;
}

export interface Seating {
  readonly conversationId: string;
  /** Numbers of the people of the population. */
  readonly members: readonly number[];
  readonly writers: number;
}

export async function gather(running: Running, seatings: readonly Seating[]): Promise<Crowd> {
  const everyone = seatings.flatMap(({ members }) => members);
  const clients = await openClients(running, everyone);
  let taken = 0;
  const groups = seatings.map(({ conversationId, members, writers }) => {
    const seated = clients.slice(taken, (taken += members.length));
    return { conversationId, members: seated, writers: spaced(seated, writers) };
  });
  const observers = spaced(clients, Math.min(4, clients.length));
  return {
    groups,
    observers,
    close: () => {
      clients.forEach((client) => {
        client.close();
      });
    },
  };
}

/** Every writer with the conversation it writes in. */
export function seatsOf({ groups }: Crowd): { readonly group: Group; readonly writer: LoadClient }[] {
  return groups.flatMap((group) => group.writers.map((writer) => ({ group, writer })));
}

/** Signed-in connections for people of the population, by number, 32 at a time. */
export function openClients({ ports, population }: Running, numbers: readonly number[]): Promise<LoadClient[]> {
  return eachOf(numbers.length, 32, (index) =>
    LoadClient.open({ port: ports[index % ports.length]!, token: population.tokens[numbers[index]!]! }),
  );
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** `count` items from all over the list. */
function spaced<T>(items: readonly T[], count: number): T[] {
  return range(0, count).map((index) => items[Math.floor((index * items.length) / count)]!);
}
