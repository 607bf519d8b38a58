import type { EventDeclaration, Operation } from '../../contracts/define.ts';

/** The value after a trip through JSON: nothing live is shared, nothing but plain values passes. */
export const copied = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T));

/** Throws when a handler answers what its declaration does not promise. */
export function checkedOutput(operation: Operation, output: unknown): unknown {
  return checked(operation.output.safeParse(copied(output ?? {})), `answer of ${operation.name}`);
}

export function checkedPayload(event: EventDeclaration, payload: unknown): unknown {
  return checked(event.payload.safeParse(copied(payload)), `payload of ${event.name}`);
}

function checked(parsed: { success: boolean; data?: unknown; error?: Error }, what: string): unknown {
  if (!parsed.success) throw new Error(`the ${what} breaks its declaration: ${parsed.error?.message ?? ''}`);
  return parsed.data;
}
