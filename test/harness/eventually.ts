const everyMs = 10;

/** Looks again until `check` no longer throws; throws its last fault when that takes longer than `withinMs`. */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 10_000): Promise<T> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (fault) {
      if (Date.now() > giveUpAt) throw fault;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
