import { AppError, isAppError } from '../../../../kernel/errors.ts';

/** The reason that `storeAway` was given; of another error, what `faultText` says. */
export const reasonOf =
  (faultText: (error: unknown) => string) =>
  (error: unknown): string => {
    const { cause } = error as { cause?: unknown };
    return isAppError(error) && cause instanceof Error ? cause.message : faultText(error);
  };

/** What people get where a store of objects does not do its work: messages go on, and the reason is the admin's. */
export const storeAway = (error: unknown, reason: string): AppError =>
  isAppError(error)
    ? error
    : new AppError('unavailable', {
        detail: 'The store of files does not do this now: the server’s admin finds the reason in the log. Messages go on.',
        retryAfter: 2,
        cause: new Error(reason, { cause: error }),
      });
