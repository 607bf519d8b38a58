import type { Obstacle } from '../../../client/index.ts';
import { useStore } from '../shared/state/use-store.ts';
import { useApp } from './app-context.tsx';
import { smallParts } from './late-parts.ts';
import { later } from './later.tsx';
import { useSecondsUntil } from './use-seconds-until.ts';
import './splash.css';

const WrongAddress = later(async () => (await smallParts()).WrongAddress);

/** Shown until the page knows who is signed in, with the reason when that takes long; a lasting reason gets a page of its own. */
export function Splash({ failed = false }: { failed?: boolean }) {
  const { client, t } = useApp();
  const obstacle = useStore(client.obstacle);
  const seconds = useSecondsUntil(obstacle?.retryAt ?? null);
  if (obstacle?.code === 'origin_refused') return <WrongAddress publicUrl={obstacle.publicUrl} />;
  return (
    <main className="splash" aria-busy="true">
      <img src="/icon.svg" alt="" width={56} height={56} />
      <p className="splash-text" role="status">
        {t(failed ? 'splash.failed' : textOf(obstacle))}
      </p>
      {seconds > 1 ? <p aria-hidden="true">{t('splash.retryIn', { count: seconds })}</p> : null}
    </main>
  );
}

export function SigningOut() {
  const { t } = useApp();
  return (
    <main className="splash" aria-busy="true">
      <img src="/icon.svg" alt="" width={56} height={56} />
      <p className="splash-text" role="status">
        {t('splash.signingOut')}
      </p>
    </main>
  );
}

function textOf(obstacle: Obstacle | null) {
  if (!obstacle) return 'splash.loading';
  if (obstacle.storage) return `error.storage.${obstacle.storage}` as const;
  return obstacle.code === 'rate_limited' ? 'splash.limited' : 'splash.failed';
}
