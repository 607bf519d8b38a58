import { callsEveryone, callsThoseHere } from '../../../text/called.ts';
import { mentionsIn } from '../../../text/mentions.ts';
import { parseText } from '../../../text/parse.ts';

const mentionsAtMost = 50;
/** Beyond this many people nobody calls them all: each message would carry them all to each of them. */
export const everyoneAtMost = 200;

export interface Called {
  /** Of each mention the usernames that may be meant, the longest first; in the order of the text, without repeats. */
  readonly names: readonly (readonly string[])[];
  readonly all: boolean;
  /** Those who are online. */
  readonly here: boolean;
}

/** Who is called in a text, as its readers see it: nobody in code, in an address or in the words of a link. */
export function namesIn(text: string): Called {
  if (!text.includes('@')) return { names: [], all: false, here: false };
  const names = new Map<string, readonly string[]>();
  let all = false;
  let here = false;
  for (const mention of mentionsIn(parseText(text))) {
    if (callsThoseHere(mention)) here = true;
    else if (callsEveryone(mention)) all = true;
    else if (names.size < mentionsAtMost) names.set(mention.names[0] ?? '', mention.names);
  }
  return { names: [...names.values()], all, here };
}
