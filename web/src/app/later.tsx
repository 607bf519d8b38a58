import { useEffect, useState, type ComponentType } from 'react';
import { Notice } from '../shared/ui/empty.tsx';
import { useApp } from './app-context.tsx';

const reads: (() => Promise<unknown>)[] = [];

/** Read when nothing else is to do. */
export function readWhenIdle(read: () => Promise<unknown>): void {
  reads.push(read);
}

/** Reads all of that now, so that it opens at once, also after the page has lost its connection. */
export async function readAllLater(): Promise<void> {
  await Promise.allSettled(reads.map((read) => read()));
}

/** A component of a part of the page that the first paint does not need: read when it is shown, and before that when nothing else is to do. */
export function later<P extends object>(read: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  const ask = async (): Promise<ComponentType<P>> => (known ??= await read());
  readWhenIdle(ask);
  return function Later(props: P) {
    const { t } = useApp();
    const [View, setView] = useState<ComponentType<P> | null>(() => known);
    const [hasFailed, setFailed] = useState(false);
    useEffect(() => {
      ask().then(
        (view) => setView(() => view),
        () => setFailed(true),
      );
    }, []);
    if (View) return <View {...props} />;
    return hasFailed ? <Notice look="error">{t('part.failed')}</Notice> : null;
  };
}
