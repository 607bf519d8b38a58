import { expect, test } from '@jest/globals';
import { PictureUrls } from './picture-urls.ts';

function urls() {
  const asked: string[] = [];
  let isAway = false;
  const client = {
    picture: (fileId: string, size: string) => {
      asked.push(`${fileId} ${size}`);
      return isAway ? Promise.reject(new Error('offline')) : Promise.resolve(new Blob(['x']));
    },
  };
  return { asked, urls: new PictureUrls(client), away: (now: boolean) => (isAway = now) };
}

test('a picture is loaded once, in each size', async () => {
  const { asked, urls: kept } = urls();
  const first = await kept.get('a', 'small');
  expect(await kept.get('a', 'small')).toBe(first);
  expect(await kept.get('a', 'large')).not.toBe(first);
  expect(asked).toEqual(['a small', 'a large']);
});

test('what could not be loaded is asked for again', async () => {
  const { asked, urls: kept, away } = urls();
  away(true);
  await expect(kept.get('a', 'small')).rejects.toThrow('offline');
  away(false);
  expect(await kept.get('a', 'small')).toMatch(/^blob:/);
  expect(asked).toHaveLength(2);
});

test('those that were seen last are kept, and none after signing out', async () => {
  const { asked, urls: kept } = urls();
  for (let count = 0; count < 121; count++) await kept.get(String(count), 'small');
  await kept.get('120', 'small');
  expect(asked).toHaveLength(121);
  await kept.get('0', 'small');
  expect(asked).toHaveLength(122);
  kept.clear();
  await kept.get('120', 'small');
  expect(asked).toHaveLength(123);
});
