/** The value of a flag that must be one of those known. Throws with a message for people. */
export function oneOf<T extends string>(flag: string, value: string, known: readonly T[]): T {
  const found = known.find((name) => name === value);
  if (found === undefined) throw new Error(`${flag} ${value} is not known here; known: ${known.join(', ')}`);
  return found;
}
