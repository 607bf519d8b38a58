import type { ErrorCode, Problem } from '../src/contracts/errors.ts';
import { storageFaultIn, type StorageFault } from '../src/contracts/storage.ts';

/** The contract's codes, and `offline`: there was no answer at all. */
export type ClientErrorCode = ErrorCode | 'offline';

/** What every call of the client rejects with. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  /** What the server said; null when it said nothing. */
  readonly problem: Problem | null;
  /** Seconds to wait before asking again, where the server said so. */
  readonly retryAfter: number | null;

  constructor(
    code: ClientErrorCode,
    { problem = null, retryAfter = null, detail }: { problem?: Problem | null; retryAfter?: number | null; detail?: string } = {},
  ) {
    super(detail ?? problem?.detail ?? code);
    this.code = code;
    this.problem = problem;
    this.retryAfter = retryAfter ?? problem?.retryAfter ?? null;
  }
}

/** Whether the server refused because it cannot store; empty for every other error. */
export function storageOf({ problem }: ClientError): { readonly storage?: StorageFault } {
  const storage = storageFaultIn(problem?.errors);
  return storage ? { storage } : {};
}

export const offline = (detail: string): ClientError => new ClientError('offline', { detail });

/** The error a problem document stands for; anything that is none is a fault of the server. */
export function fromProblem(body: unknown, status: number): ClientError {
  if (isProblem(body)) return new ClientError(body.code, { problem: body });
  if (status === 429) return new ClientError('rate_limited');
  return new ClientError(status >= 500 ? 'unavailable' : 'internal', { detail: `The server answered ${String(status)}.` });
}

/** Any thrown thing as a `ClientError`. */
export const asClientError = (error: unknown): ClientError =>
  error instanceof ClientError ? error : new ClientError('internal', { detail: error instanceof Error ? error.message : String(error) });

export const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'status' in body;
