/** The token in what somebody pasted: a token, a link, or a line of the log around one. */
export function setUpTokenIn(pasted: string): string {
  const behindLink = /\/setup#(\S+)/.exec(pasted)?.[1];
  return behindLink ?? pasted.trim().replace(/^#/, '').split(/\s/, 1)[0] ?? '';
}
