import type { ReactNode } from 'react';
import { failureText } from '../shared/failure.ts';
import type { PagedList, PagedState } from '../shared/state/paged-list.ts';
import { Notice } from '../shared/ui/empty.tsx';
import { MoreButton } from '../shared/ui/more-button.tsx';
import { Skeleton } from '../shared/ui/skeleton.tsx';
import { useApp } from './app-context.tsx';

export interface PagedViewProps<T> {
  paged: PagedState<T> & { list: PagedList<T> };
  label: string;
  /** What stands there when there is nothing. */
  none: string;
  className?: string;
  waitingRows?: number;
  /** An `<li>` for each item. */
  children: (item: T) => ReactNode;
}

/** A list that comes page by page, with all the states it can be in. */
export function PagedView<T>({ paged, label, none, className, waitingRows = 4, children }: PagedViewProps<T>) {
  const { t } = useApp();
  const { items, status, failure, nextCursor, list } = paged;
  const isLoading = status === 'loading';
  return (
    <>
      {status === 'failed' ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      {isLoading && items.length === 0 ? <Skeleton label={t('loading')} rows={waitingRows} /> : null}
      <ul className={className} aria-label={label}>
        {items.map(children)}
        {status === 'ready' && items.length === 0 ? <li className="list-none muted">{none}</li> : null}
      </ul>
      <MoreButton shown={nextCursor !== null} busy={isLoading} label={t('showMore')} onMore={() => void list.more()} />
    </>
  );
}
