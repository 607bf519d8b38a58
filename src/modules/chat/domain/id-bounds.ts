import { newId } from '../../../kernel/ids.ts';

/** The least id (UUIDv7) that is made at a time, Unix milliseconds. */
export function idAt(ms: number): string {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** The same so many milliseconds from now, by the clock that ids are made by. */
export const idFromNow = (ms: number): string => idAt(parseInt(newId().replace('-', '').slice(0, 12), 16) + ms);

export const leastId = '00000000-0000-0000-0000-000000000000';
export const greatestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
