import { readingVersion } from '../../../domain/reading.ts';
import { cutTerm, termsAtMost, termsOf } from '../../../domain/terms.ts';

/** Among the terms: the version before replaces them all, and the mark is gone when it edits a message. */
export const readingTerm = `r:${String(readingVersion)}`;

/** The terms are written with the message: whatever it says, they are few, and finding them never ends its write. */
export function storedTermsOf(text: string): string[] {
  try {
    return [...termsOf(text, termsAtMost - 1), readingTerm];
  } catch {
    return [cutTerm, readingTerm];
  }
}
