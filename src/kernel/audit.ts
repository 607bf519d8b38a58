import type { AuditEntry } from '../contracts/admin/entities.ts';
import type { Operation } from '../contracts/define.ts';
import type { Context } from './context.ts';

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
  begin(operation: Operation, input: unknown, context: Context): Promise<string>;
  end(id: string, outcome: string): Promise<void>;
  list(filter: AuditFilter): Promise<readonly AuditEntry[]>;
}
