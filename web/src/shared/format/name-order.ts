/** Compares two names as readers of a language expect them in a list. */
export type NameOrder = (one: string, other: string) => number;

/** By the alphabet of the language, and numbers by their value: “Group 2” before “Group 10”. Names that read the same keep one order. */
export function nameOrder(locale: string): NameOrder {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return (one, other) => compare(one, other) || (one < other ? -1 : Number(one > other));
}
