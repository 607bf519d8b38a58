import type { Ask, Said } from './frames.ts';

/**
 * The process that looks into files of others: it holds no secret, has the lowest priority and little memory, and is ended when a file makes it
 * crash, swell or hang. It ends with its parent.
 */
const say = (said: Said): void => {
  process.send?.(said);
};

process.on('disconnect', () => {
  // The whole group: a program that looks into the file ends as well.
  process.kill(-process.pid, 'SIGKILL');
});
// A terminal sends these to everybody; the parent decides.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

try {
  // Where its binary is missing, the program must still be able to say so.
  const [{ restrict }, { lookInto }, { cutSquares }] = await Promise.all([
    import('./pictures.ts'),
    import('./look-into.ts'),
    import('./squares.ts'),
  ]);
  restrict();
  process.on('message', (ask: Ask) => void (ask.cut ? cutSquares(ask, ask.cut, say) : lookInto(ask, say)));
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unavailable', reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) });
}
