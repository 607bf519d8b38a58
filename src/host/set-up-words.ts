/** The link that makes the team: a block that is seen on a terminal, one line for a program that reads along. */
export const setUpWords = (url: string, isTerminal: boolean): string =>
  isTerminal ? `\n  Open this link once to create your team:\n\n    \u001b[1m${url}\u001b[0m\n\n` : `setup: ${url}\n`;
