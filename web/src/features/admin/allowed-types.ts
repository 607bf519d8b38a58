/** Media types as somebody writes them: between commas, spaces or both. */
export const typesIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((type) => type !== '');

export const typesText = (types: readonly string[]): string => types.join(', ');

/** Those that no media type looks like. */
export const wrongTypes = (text: string): string[] => typesIn(text).filter((type) => !/^[a-z]+\/(?:\*|[\w.+-]+)$/.test(type));
