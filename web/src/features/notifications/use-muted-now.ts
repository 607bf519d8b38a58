import { useApp } from '../../app/app-context.tsx';
import { useNow } from '../../app/use-now.ts';
import type { Conversation } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { heldBackIds, withRule } from './muted-now.ts';

/** The conversation as the reader's rules show it now. */
export function useWithRule(conversation: Conversation): Conversation {
  const { client, clock } = useApp();
  const rule = useStore(client.notifications.rules).get(conversation.id);
  useNow((now) => withRule(conversation, rule, now).muted);
  return withRule(conversation, rule, clock.get().now);
}

/** Changes whenever another conversation is held back. */
export function useHeldBack(): string {
  const { client } = useApp();
  const rules = useStore(client.notifications.rules);
  return useNow((now) => heldBackIds(rules, now));
}
