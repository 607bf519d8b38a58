import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { StoredBytes } from './stored-bytes.ts';

test('bytes of files, previews and uploads are counted at most every five minutes, and the last figure stays where counting fails', async () => {
  let [now, stored, counted] = [0, 10, 0];
  const usage = {
    totals: () => {
      counted++;
      return stored < 0
        ? Promise.reject(new Error('away'))
        : Promise.resolve({ storedBytes: stored, previewBytes: 2, uploads: 1, uploadBytes: 3 });
    },
  };
  const bytes = new StoredBytes({ usage, clock: { monotonic: () => now }, logger: silentLogger });
  await bytes.count();
  expect(bytes.value).toBe(15);
  stored = -1;
  now = 299_999;
  expect([bytes.value, counted]).toEqual([15, 1]);
  now = 300_000;
  expect([bytes.value, counted]).toEqual([15, 2]);
  await Promise.resolve();
  stored = 20;
  now = 600_000;
  expect(bytes.value).toBe(15);
  await new Promise(setImmediate);
  expect([bytes.value, counted]).toEqual([25, 3]);
});
