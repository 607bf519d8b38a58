// `npm run icons:app`: the pictures that systems show of the installed page and of its notifications, from web/public/icon.svg.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = join(import.meta.dirname, '..', 'web', 'public');
const drawing = await readFile(join(folder, 'icon.svg'), 'utf8');
/** Systems that cut the shape themselves want no corners of ours. */
const square = drawing.replace(' rx="15"', '');
/** What a system may cut away is a tenth of each edge, and the drawing ends a quarter before it. */
const padded = square
  .replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80"')
  .replace('<rect width="64" height="64"', '<rect x="-8" y="-8" width="80" height="80"');
/** Android shows the outline of it in a colour of its own. */
const outline = square.replace(/ {2}<rect[^>]*>\n/, '').replaceAll(/fill="#\w+"/g, 'fill="#fff"');

const pictures: readonly (readonly [name: string, drawing: string, edge: number])[] = [
  ['icon-192.png', drawing, 192],
  ['icon-512.png', drawing, 512],
  ['icon-maskable-512.png', padded, 512],
  ['apple-touch-icon.png', square, 180],
  ['badge.png', outline, 96],
];

for (const [name, svg, edge] of pictures)
  await sharp(Buffer.from(svg), { density: 72 * 16 })
    .resize(edge, edge)
    .png({ compressionLevel: 9, palette: name !== 'badge.png' })
    .toFile(join(folder, name));
