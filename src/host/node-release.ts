/** Until when each release line of Node gets security fixes, as nodejs.org says; even numbers alone are supported for long. */
const endOfLife: Readonly<Record<number, string>> = {
  20: '2026-04-30',
  21: '2024-06-01',
  22: '2027-04-30',
  23: '2025-06-01',
  24: '2028-04-30',
  25: '2026-06-01',
};

/** What is to be said about the Node that runs this; null when it gets security fixes, as far as is known. */
export function endedNode(version: string, now: Date): string | null {
  const end = endOfLife[Number(version.split('.')[0])];
  if (end === undefined || now < new Date(end)) return null;
  return `Node ${version} gets no security fixes since ${end}: install Node 24.`;
}
