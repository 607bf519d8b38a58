import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Spinner } from '../../shared/ui/spinner.tsx';
import type { TimelineScrolling } from './use-timeline-scroll.ts';
import type { Side } from './window-edges.ts';

/** Stands where the window ends before the log does: more is on its way, or could not be read and is asked for by hand. */
export function WindowEdge({ side, scrolling: { edges, retry } }: { side: Side; scrolling: Pick<TimelineScrolling, 'edges' | 'retry'> }) {
  const { t } = useApp();
  const failure = useStore(edges.failures[side]);
  if (failure === null) {
    return (
      <div className="timeline-more">
        <Spinner />
        <span className="visually-hidden">{t(side === 'older' ? 'timeline.loadingOlder' : 'timeline.loadingNewer')}</span>
      </div>
    );
  }
  return (
    <div className="timeline-more timeline-more-failed" role="alert">
      <span>{t(side === 'older' ? 'timeline.olderFailed' : 'timeline.newerFailed', { reason: failureText(t, failure) })}</span>
      <button type="button" className="text-button" onClick={retry}>
        {t('action.retry')}
      </button>
    </div>
  );
}
