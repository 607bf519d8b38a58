import type { Condition } from '../../../../domain/index-terms.ts';
import { blockSize } from './numbering.ts';

/** The documents of a block that hold a term, or some of them: several rows of one term add up. */
export interface Posting {
  readonly block: number;
  readonly term: string;
  /** Places, two bytes each. */
  readonly docs: Buffer;
}

/** Places in each block that meet every condition, greatest first. */
export function intersect(postings: readonly Posting[], conditions: readonly Condition[]): Map<number, number[]> {
  const byBlock = new Map<number, Posting[]>();
  for (const posting of postings) {
    const own = byBlock.get(posting.block);
    if (own) own.push(posting);
    else byBlock.set(posting.block, [posting]);
  }
  return new Map([...byBlock].map(([block, own]) => [block, placesOf(own, conditions)]));
}

/** Each condition lifts the places it holds for by one, if all before it have. */
function placesOf(postings: readonly Posting[], conditions: readonly Condition[]): number[] {
  const met = new Uint8Array(blockSize);
  for (const [index, condition] of conditions.entries()) {
    for (const { docs } of postings.filter(({ term }) => isOf(condition, term)))
      for (let at = 0; at < docs.length; at += 2) {
        const place = docs.readUInt16BE(at);
        if (met[place] === index) met[place] = index + 1;
      }
  }
  const places: number[] = [];
  for (let place = blockSize - 1; place >= 0; place--) if (met[place] === conditions.length) places.push(place);
  return places;
}

const isOf = ({ terms, prefix }: Condition, term: string): boolean => terms.includes(term) || (prefix !== null && term.startsWith(prefix));

export function packed(places: readonly number[]): Buffer {
  const docs = Buffer.allocUnsafe(places.length * 2);
  places.forEach((place, index) => docs.writeUInt16BE(place, index * 2));
  return docs;
}
