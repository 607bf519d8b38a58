// Who is there and who is in which conversation: the same in every system under test.

export const people = 1000;

/** Members by number: `room200` holds 0..199, `room1000` everyone, pair k holds 2k and 2k+1. */
export const layout = { room200: 200, room1000: people, pairs: people / 2 } as const;

export interface Conversations {
  readonly room200: string;
  readonly room1000: string;
  readonly pairs: readonly string[];
}

/** Everything a load needs to know of a started server. */
export interface Population {
  /** One token per person, by number. */
  readonly tokens: readonly string[];
  readonly conversations: Conversations;
}

export const messageLength = 100;

/** A 100-byte text that carries its number, so that a receiver finds it by its bytes. */
export function textOf(number: number): string {
  return `#${String(number).padStart(9, '0')}#`.padEnd(messageLength, 'abcdefghijklmnopqrstuvwxyz ');
}

const mark = Buffer.from('"text":"#');

/** The number in a delivered message, or -1. */
export function numberIn(buffer: Buffer, start: number, end: number): number {
  const at = buffer.indexOf(mark, start);
  if (at < 0 || at > end) return -1;
  let number = 0;
  for (let i = at + mark.length; i < at + mark.length + 9; i++) number = number * 10 + (buffer[i] ?? 0) - 0x30;
  return number;
}
