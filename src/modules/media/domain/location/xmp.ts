/** As `exif:GPSLatitude="59,56N"`, in whatever namespace. */
const attribute = /\s[\w.-]{1,64}:gps\w{0,64}\s{0,8}=\s{0,8}(?:"[^"]*"|'[^']*')/gi;
/** As `<exif:GPSLatitude>`, or `<exif:GPSLatitude/>`. */
const element = /<([\w.-]{1,64}:gps\w{0,64})(?:[\s/][^<>]*)?>/gi;
/** So many start tags without an end are looked for; the text is no XML then. */
const mostUnclosed = 8;

/** Writes spaces over the GPS properties of XMP (RDF in XML), in place. Answers whether there was one. */
export function eraseXmpLocation(block: Buffer): boolean {
  // One byte is one character: places in the text are places in the block.
  const text = block.toString('latin1');
  const found = [...attributesIn(text), ...elementsIn(text)];
  for (const [start, end] of found) block.fill(' ', start, end);
  return found.length > 0;
}

type Span = readonly [start: number, end: number];

const attributesIn = (text: string): Span[] => [...text.matchAll(attribute)].map(({ 0: all, index }) => [index, index + all.length]);

/** One within another goes with it. A start tag that is never closed goes alone. */
function elementsIn(text: string): Span[] {
  const spans: Span[] = [];
  const starts = new RegExp(element);
  let unclosed = 0;
  for (let found = starts.exec(text); found !== null; found = starts.exec(text)) {
    const [tag, name = ''] = found;
    const end = `</${name}>`;
    const at = tag.endsWith('/>') || unclosed === mostUnclosed ? -1 : text.indexOf(end, starts.lastIndex);
    if (at !== -1) starts.lastIndex = at + end.length;
    else if (!tag.endsWith('/>')) unclosed = Math.min(unclosed + 1, mostUnclosed);
    spans.push([found.index, starts.lastIndex]);
  }
  return spans;
}
