import type { Attachment } from '../../../../../../contracts/chat/messages.ts';
import { conversationTerm, indexTermsOf, senderTerm } from '../../../../domain/index-terms.ts';
import { blockOf, placeOf } from './numbering.ts';
import { isThere } from '../../../../domain/removed-files.ts';
import { packed, type Posting } from './postings.ts';

/** A message as the index needs it. */
export interface Source {
  readonly id: string;
  readonly conversation_id: string;
  readonly sender_id: string;
  readonly text: string;
  readonly has_mention: boolean;
  readonly attachments: readonly Pick<Attachment, 'mimeType' | 'removed'>[] | null;
  readonly created_at: string;
}

export interface Doc {
  readonly doc: number;
  readonly message: Source;
}

/** A message that could not be indexed, and why. */
export interface Passed {
  readonly message: Pick<Source, 'id' | 'conversation_id'>;
  readonly reason: string;
}

/** What one step adds to the index. */
export interface Built {
  readonly docs: readonly Doc[];
  readonly postings: readonly Posting[];
  readonly passed: readonly Passed[];
}

/** The event loop is let go after so long. */
const sliceMs = 1;
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Finds the terms of each message; one whose text cannot be taken apart is passed over. */
export const build = (docs: readonly Doc[], termsOf: (text: string) => string[] = indexTermsOf): Promise<Built> =>
  buildPostings(docs, (message) => [...termsOf(message.text), ...attributesOf(message)]);

export async function buildPostings(docs: readonly Doc[], termsOf: (message: Source) => readonly string[]): Promise<Built> {
  const blocks = new Map<number, Map<string, number[]>>();
  const passed: Passed[] = [];
  let sliceEnds = performance.now() + sliceMs;
  for (const { doc, message } of docs) {
    const places = placesIn(blocks, blockOf(doc));
    try {
      for (const term of new Set(termsOf(message))) put(places, term, placeOf(doc));
    } catch (error) {
      passed.push({ message, reason: reasonOf(error) });
    }
    if (performance.now() < sliceEnds) continue;
    await pause();
    sliceEnds = performance.now() + sliceMs;
  }
  const postings = [...blocks].flatMap(([block, terms]) => [...terms].map(([term, places]) => ({ block, term, docs: packed(places) })));
  return { docs, postings, passed };
}

/** Short and without anything of the text. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 200);

const attributesOf = ({ conversation_id, sender_id, text, has_mention, attachments }: Source): string[] => [
  conversationTerm(conversation_id),
  senderTerm(sender_id),
  ...(/https?:\/\//.test(text) ? ['h:link'] : []),
  ...(has_mention ? ['h:mention'] : []),
  ...(attachments ?? []).filter(isThere).flatMap(({ mimeType }) => ['h:file', `h:${kindOf(mimeType)}`]),
];

/** A term is put once for each message. */
const kindOf = (mimeType: string): string => mimeType.slice(0, mimeType.indexOf('/'));

function placesIn(blocks: Map<number, Map<string, number[]>>, block: number): Map<string, number[]> {
  const known = blocks.get(block);
  if (known) return known;
  const made = new Map<string, number[]>();
  blocks.set(block, made);
  return made;
}

function put(terms: Map<string, number[]>, term: string, place: number): void {
  const places = terms.get(term);
  if (places) places.push(place);
  else terms.set(term, [place]);
}
