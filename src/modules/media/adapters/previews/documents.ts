import { dirname, join } from 'node:path';
import type { Made } from './child.ts';
import type { Ask } from './frames.ts';
import { plainIn, previewsOf } from './pictures.ts';
import { runTool } from './run-tool.ts';

/** The longer side of the page, pixels. */
const pageEdge = 1_600;

/** The first page of a PDF. */
export async function lookIntoDocument({ path, tools }: Ask): Promise<Made> {
  if (tools.pdftoppm === null) throw new Error('pdftoppm is not installed');
  const page = join(dirname(path), 'page');
  const args = ['-q', '-png', '-f', '1', '-l', '1', '-singlefile', '-scale-to', String(pageEdge), path, page];
  await runTool(tools.pdftoppm, args, { mostBytes: 0 });
  const picture = await plainIn(`${page}.png`);
  if (picture.decode === null) throw new Error('the page is too large');
  return previewsOf({ ...picture, size: Number.POSITIVE_INFINITY, decode: picture.decode });
}
