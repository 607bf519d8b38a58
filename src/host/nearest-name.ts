/** The name that takes the fewest changes of one letter to become `name`, where that is no more than a third of its letters; else null. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const [nearest] = known.map((each) => ({ each, changes: changesBetween(name, each) })).sort((a, b) => a.changes - b.changes);
  return nearest && nearest.changes <= name.length / 3 ? nearest.each : null;
}

/** Letters put in, left out or replaced (Levenshtein). */
function changesBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at++) {
    const above = row;
    row = [at];
    for (let index = 1; index <= to.length; index++) {
      const isSame = from[at - 1] === to[index - 1];
      row.push(Math.min((above[index] ?? 0) + 1, (row[index - 1] ?? 0) + 1, (above[index - 1] ?? 0) + (isSame ? 0 : 1)));
    }
  }
  return row[to.length] ?? 0;
}
