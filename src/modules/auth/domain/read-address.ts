import { readableEmail } from '../../../kernel/network.ts';
import { folded } from '../../../text/folded.ts';

/** Whether a part of an address is in it as people read it: with its domain in Unicode. */
export const isReadIn = (email: string, part: string): boolean => folded(readableEmail(email)).includes(folded(part));
