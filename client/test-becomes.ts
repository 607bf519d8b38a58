import type { Readable } from './client.ts';

/** Resolves with the value of a store once it fits. */
export const becomes = <T>(readable: Readable<T>, fits: (value: T) => boolean): Promise<T> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!fits(readable.get())) return;
      stop();
      resolve(readable.get());
    };
    const stop = readable.subscribe(look);
    queueMicrotask(look);
  });
