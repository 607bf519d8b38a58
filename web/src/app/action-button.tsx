import { isApple } from '../shared/browser/pointer.ts';
import { IconButton } from '../shared/ui/button.tsx';
import type { Action } from './actions/action.ts';
import { written } from './actions/keys.ts';
import { perform } from './actions/perform.ts';
import { useApp } from './app-context.tsx';

/** An action as an icon; its tooltip shows its key, and nothing at all where it makes no sense. */
export function ActionButton<S>({ action, subject, size, pressed }: { action: Action<S>; subject: S; size?: number; pressed?: boolean }) {
  const app = useApp();
  if (!action.test(app, subject)) return null;
  const label = app.t(action.label);
  return (
    <IconButton
      icon={action.icon}
      label={label}
      keys={action.keys ? written(action.keys, isApple()) : undefined}
      {...(size ? { size } : {})}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={() => void perform(app, action, subject)}
    />
  );
}
