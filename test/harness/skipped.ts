/** In place of a suite that lacks something: it is reported as skipped, with what to do, and its body is not run. */
export function describeSkipped(title: string, remedy: string): void {
  process.stderr.write(`Skipped: ${title}. ${remedy}\n`);
  describe(title, () => {
    test.skip(remedy, () => undefined);
  });
}
