import type { KeyboardEvent, ReactNode } from 'react';
import { IconButton } from '../shared/ui/button.tsx';
import { useApp } from './app-context.tsx';

/** What stands beside the conversation: its title, a button that closes it, and Escape, which does too. */
export function SidePanel({ title, children }: { title: string; children: ReactNode }) {
  const { navigation, t } = useApp();
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) navigation.closePanel();
  };
  return (
    <aside className="panel" data-area aria-label={title} onKeyDown={leave}>
      <header className="pane-header">
        <h2 className="panel-title">{title}</h2>
        <IconButton icon="close" label={t('close')} onClick={() => navigation.closePanel()} />
      </header>
      {children}
    </aside>
  );
}
