import { useEffect, useState, type ReactNode } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';

interface AskedProps<T> {
  readonly ask: () => Promise<T>;
  /** Asks again and again; absent: once. */
  readonly everyMs?: number;
  readonly waitingRows: number;
  /** Above the answer, also before it is there. */
  readonly above?: ReactNode;
  readonly children: (answer: T) => ReactNode;
}

/** What the server answers to one question. After a failure the last answer stays, and it can be asked again. */
export function Asked<T>({ ask, everyMs, waitingRows, above, children }: AskedProps<T>) {
  const { client, t } = useApp();
  const [answer, setAnswer] = useState<{ readonly value: T } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let left = false;
    ask().then(
      (value) => {
        if (left) return;
        setAnswer({ value });
        setFailure(null);
      },
      (error: unknown) => left || setFailure(error),
    );
    const timer = everyMs === undefined ? undefined : setTimeout(() => setTurn(turn + 1), everyMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
    // The question is the same for as long as it is shown.
  }, [client, turn]);
  return (
    <div className="stack">
      {failure ? (
        <div className="form-row">
          <Notice look="error">{failureText(t, failure)}</Notice>
          <Button icon="retry" onClick={() => setTurn(turn + 1)}>
            {t('action.retry')}
          </Button>
        </div>
      ) : null}
      {above}
      {answer ? children(answer.value) : failure ? null : <Skeleton label={t('loading')} rows={waitingRows} />}
    </div>
  );
}
