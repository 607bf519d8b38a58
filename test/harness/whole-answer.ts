const triesAtMost = 20;

/**
 * The answer of a search that had enough time. A search answers in bounded time what it has found by then, and says so; on a busy machine that may be less than
 * there is, and it is asked again.
 */
export async function wholeAnswer<T extends { readonly isPartial?: boolean | undefined }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (answer.isPartial !== true || tries === triesAtMost) return answer;
  }
}
