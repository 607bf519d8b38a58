import type { Endpoint } from '../contracts/define.ts';
import type { Context, Transport } from './context.ts';
import { isAppError } from './errors.ts';

/** One change an admin made or tried. */
export interface AuditEntry {
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Null: the system itself. */
  readonly actorId: string | null;
  /** `cli` for the server's own command line. */
  readonly transport: Transport;
  readonly address: string;
  readonly operation: string;
  /** What it was done to, by id; null where the input names nothing. */
  readonly subject: string | null;
  /** Without secrets. */
  readonly input: Readonly<Record<string, unknown>>;
  /** `ok` or the code of the error; null when the process died before the outcome was recorded. */
  readonly outcome: string | null;
  readonly requestId: string;
}

export interface AuditFilter {
  readonly operation?: string;
  readonly actorId?: string;
  readonly limit: number;
  readonly before: string | null;
}

/**
 * A row for every change an admin makes or tries: written before the change with no outcome, completed after it, so
 * that no change is without its row. Passwords, tokens and secrets in the input are struck out.
 */
export interface AuditTrail {
  begin(operation: Pick<Endpoint, 'name'>, input: unknown, context: Context): Promise<string>;
  end(id: string, outcome: string): Promise<void>;
  list(filter: AuditFilter): Promise<readonly AuditEntry[]>;
}

/** Performs a change between the two halves of its row. */
export async function audited<T>(
  trail: AuditTrail,
  { operation, input, context }: { operation: Pick<Endpoint, 'name'>; input: unknown; context: Context },
  work: () => Promise<T>,
): Promise<T> {
  const row = await trail.begin(operation, input, context);
  try {
    const output = await work();
    await trail.end(row, 'ok');
    return output;
  } catch (error) {
    await trail.end(row, isAppError(error) ? error.code : 'internal');
    throw error;
  }
}
