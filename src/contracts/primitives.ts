import { z } from 'zod';
import { canonicalName, drawn, nameFault, seen } from './names.ts';
import { notStorable, visible, withoutNul } from './patterns.ts';

/** Stored text. A pattern where one can say it: it stands in the API document, a refinement does not. */
export const storable = () =>
  z
    .string()
    .regex(withoutNul, notStorable)
    .refine((text) => text.isWellFormed(), notStorable);

/** UUIDs of any version: our ids are v7 (RFC 9562), client-made ones may be v4. Always lower-case. */
export const Id = z.guid().toLowerCase().meta({ description: 'UUID', example: '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f' });
/** ISO 8601 in UTC with milliseconds. */
export const Timestamp = z.iso.datetime({ precision: 3 }).meta({ example: '2026-01-31T12:00:00.000Z' });
/** Counts of messages and changes; they start at 0 and stay exact in a JSON number. */
export const Counter = z.int().min(0);

/** What a person types into a finder: trimmed, 1..max UTF-16 units. */
export const line = (max: number) =>
  storable()
    .max(max * 2)
    .regex(visible, 'must not be blank')
    .trim()
    .min(1)
    .max(max);
/** The same, or nothing. */
export const optionalLine = (max: number) =>
  storable()
    .max(max * 2)
    .trim()
    .max(max);
const named = (max: number) =>
  storable()
    .max(max * 2)
    .regex(seen, 'must be one line without control, direction or blank characters')
    .superRefine((text, context) => {
      const fault = nameFault(text);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    })
    .overwrite(canonicalName)
    .max(max);

/**
 * A name that people read: one line that shows something, in NFC, without control, format or blank characters (`names.ts`).
 * 1..max UTF-16 units once it is trimmed and runs of spaces are one.
 */
export const name = (max: number) => named(max).regex(drawn, 'must show something').min(1);
/** The same rules for a line that may be empty: topics, status texts. */
export const optionalName = (max: number) => named(max);

/** Text kept exactly as sent. */
export const exactText = (min: number, max: number) => storable().min(min).max(max);

export const Limit = (fallback: number, max: number) => z.int().min(1).max(max).default(fallback);
export const Cursor = storable().min(1).max(300);

/** A cursor-paged list: `nextCursor` is null on the last page. */
export const page = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

export const Nothing = z.strictObject({});
export type Nothing = z.infer<typeof Nothing>;
