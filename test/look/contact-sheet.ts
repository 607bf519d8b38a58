import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

const columns = { desktop: { shown: 3, width: 640 }, phone: { shown: 7, width: 270 } } as const;

/** One picture of all pictures in a folder, each with its name below it. Answers its file. */
export async function contactSheet(browser: Browser, folder: string, kind: keyof typeof columns): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.png') && name !== 'all.png').sort();
  const { shown, width } = columns[kind];
  const figures = names.map(
    (name) => `<figure><img src="${encodeURIComponent(name)}" width="${String(width)}"><figcaption>${name}</figcaption></figure>`,
  );
  const style = `body{display:grid;grid-template-columns:repeat(${String(shown)},max-content);gap:12px;font:13px sans-serif;background:#999}figure{margin:0}img{display:block}`;
  await writeFile(join(folder, 'all.html'), `<!doctype html><meta charset="utf-8"><style>${style}</style>${figures.join('')}`);
  const page = await browser.newPage({ viewport: { width: shown * (width + 12) + 16, height: 900 } });
  await page.goto(`file://${join(folder, 'all.html')}`);
  const path = join(folder, 'all.png');
  await page.screenshot({ path, fullPage: true });
  await page.close();
  return path;
}
