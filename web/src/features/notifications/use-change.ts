import type { UserSettingsChange } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';

/** Changes settings of the person at once; a refusal takes them back and is said. */
export function useChange(): (change: UserSettingsChange) => void {
  const { client, ui, t } = useApp();
  return (change) => {
    client.settings.change(change).catch((error: unknown) => ui.showToast(failureText(t, error), 'error'));
  };
}
