import type { Client } from '../../../../client/index.ts';
import type { Navigation } from '../../app/navigation.ts';
import { chatRoute } from '../../app/routes.ts';
import { phone } from '../../shared/browser/screen.ts';
import type { Conversation } from '../../shared/model.ts';

/**
 * A new person finds something to read: the channel that everybody is in, or else the only conversation there is. On a phone, whose
 * first screen is the list, nothing is opened over it.
 */
export function openFirstConversation({ client, navigation }: { client: Client; navigation: Navigation }): void {
  const open = (): boolean => {
    if (!client.conversationsLoaded.get()) return false;
    const first = firstOf(client.conversations.get());
    const route = navigation.route.get();
    if (first && !phone() && route.name === 'chat' && route.conversationId === null) navigation.replace(chatRoute(first.id));
    return true;
  };
  if (open()) return;
  const stop = client.conversationsLoaded.subscribe(() => {
    if (open()) stop();
  });
}

export const firstOf = (conversations: readonly Conversation[]): Conversation | undefined =>
  conversations.find(({ kind, name }) => kind === 'channel' && name === 'general') ??
  (conversations.length === 1 ? conversations[0] : undefined);
