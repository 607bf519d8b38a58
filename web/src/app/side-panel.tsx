import type { KeyboardEvent, ReactNode } from 'react';
import { isInputMethod } from '../shared/browser/input-method.ts';
import { IconButton } from '../shared/ui/button.tsx';
import { useApp } from './app-context.tsx';

interface SidePanelProps {
  title: string;
  /** How many there are of what it shows. */
  count?: number;
  /** What stands before the button that closes it. */
  tools?: ReactNode;
  /** Takes a key before the panel does; answers whether it did. */
  onKey?: (event: KeyboardEvent<HTMLElement>) => boolean;
  children: ReactNode;
}

/** What stands beside the conversation: its title, a button that closes it, and Escape, which does too. */
export function SidePanel({ title, count, tools, onKey, children }: SidePanelProps) {
  const { navigation, t } = useApp();
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (isInputMethod(event.nativeEvent) || onKey?.(event)) return;
    if (event.key === 'Escape' && !event.defaultPrevented) navigation.closePanel();
  };
  return (
    <aside className="panel" data-area aria-label={title} onKeyDown={press}>
      <header className="pane-header">
        <h2 className="panel-title">
          {title} {count === undefined ? null : <span className="muted">{count}</span>}
        </h2>
        {tools}
        <IconButton icon="close" label={t('close')} onClick={() => navigation.closePanel()} />
      </header>
      {children}
    </aside>
  );
}
