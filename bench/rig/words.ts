import { Seeded } from '../faults/seeded.ts';

const russian = [
  'про',
  'за',
  'пере',
  'до',
  'вы',
  'на',
  'рас',
  'по',
  'ко',
  'ми',
  'ра',
  'ста',
  'лон',
  'вер',
  'да',
  'ле',
  'тор',
  'си',
  'ма',
  'бу',
];
const russianEndings = ['ать', 'ение', 'ов', 'ах', 'ый', 'ого', 'а', 'у', 'ом', 'ить', 'ки', ''];
const english = [
  'pro',
  're',
  'con',
  'de',
  'in',
  'ser',
  'ver',
  'ta',
  'lo',
  'mi',
  'ga',
  'ter',
  'plo',
  'sy',
  'data',
  'net',
  'fi',
  'bu',
  'co',
  'wor',
];
const englishEndings = ['ing', 'ed', 's', 'er', 'tion', 'ly', '', 'ment', 'al', ''];
const vocabularySize = 60_000;
const hanSize = 3_000;
const zipfExponent = 1.05;

/** Texts as people write them in three languages: few words are common, most are rare (Zipf's law). */
export class Words {
  readonly #dice: Seeded;
  readonly #ranks: Float64Array;

  constructor(seed = 1) {
    this.#dice = new Seeded(seed);
    this.#ranks = cumulative(vocabularySize);
  }

  /** The word of a rank, 0 being the most common one; even ranks are Russian, odd ones English. */
  static of(rank: number): string {
    const [parts, endings] = rank % 2 === 0 ? [russian, russianEndings] : [english, englishEndings];
    let rest = rank >> 1;
    let word = parts[rest % parts.length] ?? '';
    rest = Math.floor(rest / parts.length);
    do {
      word += parts[(rest * 7 + 3) % parts.length] ?? '';
      rest = Math.floor(rest / parts.length);
    } while (rest > 0);
    return word + (endings[rank % endings.length] ?? '');
  }

  text(): string {
    if (this.#dice.next() < 0.1) return this.#han(4 + Math.floor(this.#dice.next() * 30));
    const length = 2 + Math.floor(-Math.log(1 - this.#dice.next()) * 10);
    const words = Array.from({ length: Math.min(length, 80) }, () => Words.of(this.#rank()));
    if (this.#dice.next() < 0.02) words.push(`https://example.org/${Words.of(this.#rank())}`);
    return words.join(' ');
  }

  #han(length: number): string {
    let text = '';
    for (let index = 0; index < length; index++) text += String.fromCodePoint(0x4e00 + (this.#rank() % hanSize));
    return text;
  }

  #rank(): number {
    const wanted = this.#dice.next() * (this.#ranks.at(-1) ?? 1);
    let [low, high] = [0, this.#ranks.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranks[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function cumulative(size: number): Float64Array {
  const sums = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) sums[rank] = sum += 1 / (rank + 3) ** zipfExponent;
  return sums;
}
