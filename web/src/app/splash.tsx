import { useApp } from './app-context.tsx';
import './splash.css';

/** While the page learns who it belongs to; what takes longer than a moment is explained. */
export function Splash({ failed = false }: { failed?: boolean }) {
  const { t } = useApp();
  return (
    <main className="splash" aria-busy="true">
      <img src="/icon.svg" alt="" width={56} height={56} />
      <p className="splash-text" role="status">
        {t(failed ? 'splash.failed' : 'splash.loading')}
      </p>
    </main>
  );
}
