/** The middle of the values, or the mean of the two middle ones. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** The smallest value that at least `fraction` (0..1] of the values do not exceed (nearest rank). NaN of nothing. */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = ascending(values);
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? NaN;
}

/** Largest over smallest: how far rounds lie apart. 1 = all the same. */
export function spread(values: readonly number[]): number {
  return Math.max(...values) / Math.min(...values);
}

function ascending(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}
