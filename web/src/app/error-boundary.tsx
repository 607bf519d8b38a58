import { Component, type ReactNode } from 'react';
import type { Translate } from '../shared/i18n/translate.ts';
import { Button } from '../shared/ui/button.tsx';
import { Empty } from '../shared/ui/empty.tsx';

export interface ErrorBoundaryProps {
  t: Translate;
  children: ReactNode;
}

/** A fault of the page itself, or a part of it that a newer server no longer has: a reload fixes both. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    const { t, children } = this.props;
    if (!this.state.failed) return children;
    return (
      <main className="splash">
        <Empty icon="alert" title={t('crash.title')} text={t('crash.text')}>
          <Button look="primary" icon="retry" onClick={() => location.reload()}>
            {t('crash.reload')}
          </Button>
        </Empty>
      </main>
    );
  }
}
