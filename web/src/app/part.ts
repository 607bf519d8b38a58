import { loadTexts } from '../shared/i18n/translate.ts';
import type { TextPart } from '../shared/i18n/parts.ts';

/** Reads a part of the page together with its texts. */
export async function partWith<T>(texts: readonly TextPart[], read: () => Promise<T>): Promise<T> {
  const [part] = await Promise.all([read(), loadTexts(...texts)]);
  return part;
}

/** How long it waits before another try of a part that could not be read, ms. */
const pausesMs = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/**
 * Reads a part that stands within a screen. Where the connection is gone it waits for it, so that a file in a message does not cost the page. Rejects
 * where the server is there and does not have the part, as after an update.
 */
export async function partOnceThere<T>(read: () => Promise<T>): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await read();
    } catch {
      await connected(pause);
    }
  }
  return read();
}

/** After a pause, and once the device is online. */
function connected(pauseMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (!navigator.onLine) window.addEventListener('online', () => resolve(), { once: true });
    else setTimeout(resolve, pauseMs);
  });
}
