import { useEffect, useRef, useState, type SyntheticEvent } from 'react';

export interface Submission {
  readonly busy: boolean;
  /** What the last attempt failed with; null while it runs or after it went well. */
  readonly failure: unknown;
  readonly onSubmit: (event?: SyntheticEvent) => void;
}

/**
 * One attempt at a time; a failure is kept for the form to show, and the first field at fault gets the focus. What the attempt answers is done
 * while the form is still there: a late answer takes nobody away who has closed it.
 */
export function useSubmit(attempt: (() => Promise<void>) | (() => Promise<() => void>)): Submission {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  const isThere = useRef(false);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  useEffect(() => {
    if (failure) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const andThen = await attempt();
      if (andThen && isThere.current) andThen();
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
      form.current = event?.currentTarget instanceof HTMLFormElement ? event.currentTarget : null;
      if (!busy) void submit();
    },
  };
}
