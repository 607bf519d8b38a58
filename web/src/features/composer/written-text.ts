/** As long as the contract lets a text be. */
export const longestText = 16_000;

/** What is sent of what was typed: without blank lines around it, but with the spaces that indent its first line. */
export const tidied = (typed: string): string => typed.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();

/** Nothing in it can be seen: white space and signs that take no room, as a joiner alone. */
export const isBlank = (typed: string): boolean => !/[^\s\p{Default_Ignorable_Code_Point}]/u.test(typed);

/** How many characters have to go before it can be sent. */
export const tooManyIn = (typed: string): number => Math.max(0, tidied(typed).length - longestText);
