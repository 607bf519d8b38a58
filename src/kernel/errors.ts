import { errorStatus, type ErrorCode, type FieldFault } from '../contracts/errors.ts';

interface AppErrorOptions {
  /** Shown to the client: never put a secret, a stack or another person's matter in it. */
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** The one error type that crosses a boundary; whatever else is thrown is a bug and answers `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: readonly FieldFault[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail ?? '';
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** Somebody else's thing answers like one that does not exist. */
export const notVisibleText = 'There is no such thing, or it is not yours to see.';

export const notFound = (detail = notVisibleText): AppError => new AppError('not_found', { detail });
export const forbidden = (detail: string): AppError => new AppError('forbidden', { detail });

/** What an error says, for people. */
export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The same with the places in the code, for the log of what may be a fault of ours. */
export const errorTrace = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

export const isAppError = (error: unknown): error is AppError => error instanceof AppError;

/** A change that a team role alone allows is asked for without a row of the audit log. The gateway writes the row and asks again. */
class AuditRequired extends AppError {
  constructor() {
    super('forbidden', { detail: auditRequired });
  }
}

const auditRequired = 'A row of the audit log is needed first.';

/** Also where the error came from another process, as plain values. */
export const needsAudit = (error: unknown): boolean => isAppError(error) && error.code === 'forbidden' && error.detail === auditRequired;

/** Called by `authorize` where nothing but the caller's role in the team allows a change. Throws unless the change has its row. */
export function requireAudit({ isAudited }: { readonly isAudited?: true }): void {
  if (isAudited !== true) throw new AuditRequired();
}
