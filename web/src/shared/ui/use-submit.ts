import { useState, type SyntheticEvent } from 'react';

export interface Submission {
  readonly busy: boolean;
  /** What the last attempt failed with; null while it runs or after it went well. */
  readonly failure: unknown;
  readonly onSubmit: (event?: SyntheticEvent) => void;
}

/** One attempt at a time; a failure is kept for the form to show. */
export function useSubmit(attempt: () => Promise<void>): Submission {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await attempt();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    failure,
    onSubmit: (event) => {
      event?.preventDefault();
      if (!busy) void submit();
    },
  };
}
