import { useApp } from './app-context.tsx';
import { useNow } from './use-now.ts';

/** When something was, in the short words of lists; the full date on hover. */
export function BriefTime({ at, className }: { at: Date; className: string }) {
  const { times } = useApp();
  const words = useNow((now) => times.brief(at, now));
  return (
    <time className={className} dateTime={at.toISOString()} data-tip={times.full(at)}>
      {words}
    </time>
  );
}
