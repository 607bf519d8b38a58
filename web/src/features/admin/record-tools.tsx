import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';

export interface RecordToolsProps {
  /** null where there is nothing to try again. */
  onRetry: (() => Promise<unknown>) | null;
  onDrop: (() => Promise<unknown>) | null;
  onDone: () => void;
}

/** Try again, or give up. */
export function RecordTools({ onRetry, onDrop, onDone }: RecordToolsProps) {
  const { t } = useApp();
  const retry = useSubmit(async () => {
    await onRetry?.();
    onDone();
  });
  const drop = useSubmit(async () => {
    await onDrop?.();
    onDone();
  });
  const failure = retry.failure ?? drop.failure;
  if (!onRetry && !onDrop) return null;
  return (
    <div className="form-row">
      {onRetry ? (
        <Button icon="retry" busy={retry.busy} onClick={() => retry.onSubmit()}>
          {t('action.retry')}
        </Button>
      ) : null}
      {onDrop ? (
        <Button icon="trash" busy={drop.busy} onClick={() => drop.onSubmit()}>
          {t('action.drop')}
        </Button>
      ) : null}
      {failure ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
    </div>
  );
}
