import { useEffect } from 'react';
import { useStore } from '../shared/state/use-store.ts';
import { useApp } from './app-context.tsx';

/** Focuses the list after a sign-in, where no conversation with its composer is open. */
export function useFirstFocus(openId: string | null): void {
  const { client } = useApp();
  const isListed = useStore(client.conversationsLoaded);
  useEffect(() => {
    if (openId !== null || !isListed || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('.conversation-item')?.focus({ preventScroll: true });
  }, [openId, isListed]);
}
