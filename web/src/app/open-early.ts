import { openConversationId } from '../features/conversations/open-conversation.ts';
import type { App } from './app-context.tsx';
import { userOf } from './me.ts';

/** Reads the messages that the address leads to beside the list of conversations, and not after it. */
export function openEarly({ client, navigation }: Pick<App, 'client' | 'navigation'>): void {
  let lastId = userOf(client)?.id ?? null;
  client.session.subscribe(() => {
    const id = userOf(client)?.id ?? null;
    const cameIn = id !== null && id !== lastId;
    lastId = id;
    const route = navigation.route.get();
    const conversationId = openConversationId({ navigation });
    if (!cameIn || conversationId === null || route.name !== 'chat') return;
    const handle = client.conversation(conversationId);
    // Where this fails, the conversation asks again when it is shown, and says why.
    (route.seq === null ? handle.openLatest() : handle.openAt(route.seq)).catch(() => undefined);
  });
}
