import type { Faults } from './traffic.ts';

/** Faults in words, one line per kind. */
export function problemsOf(phase: string, faults: Faults, firstRefusal?: string): string[] {
  const lines = Object.entries(faults)
    .filter(([, count]) => (count as number) > 0)
    .map(([kind, count]) => `${phase}: ${String(count)} ${kind}`);
  return firstRefusal === undefined ? lines : [...lines, `${phase}: first refusal ${firstRefusal.slice(0, 200)}`];
}
