import { openConversationId } from '../features/conversations/open-conversation.ts';
import { peerOf } from '../features/conversations/conversation-title.ts';
import type { App } from './app-context.tsx';
import { userOf } from './me.ts';

/** As many as the server lets one connection watch. */
const watchedAtMost = 1000;

/** Follows the presence of those on the screen: oneself, the others of direct conversations, the members of the open one. */
export function watchPresence(app: App): void {
  let watched = '';
  const watch = () => {
    const me = userOf(app.client);
    if (!me) {
      watched = '';
      return;
    }
    const ids = wanted(app, me.id);
    const key = ids.join();
    if (key === watched) return;
    watched = key;
    app.client.watchPresence(ids);
  };
  let leaveMembers = () => {};
  const followMembers = () => {
    leaveMembers();
    const openId = openConversationId(app);
    leaveMembers = openId === null ? () => {} : app.client.conversation(openId).members.subscribe(watch);
    watch();
  };
  app.navigation.route.subscribe(followMembers);
  app.client.session.subscribe(watch);
  app.client.conversations.subscribe(watch);
  followMembers();
}

function wanted({ client, navigation }: App, myId: string): readonly string[] {
  const peers = client.conversations.get().map((conversation) => peerOf(conversation, myId));
  const openId = openConversationId({ navigation });
  const members = openId === null ? [] : client.conversation(openId).members.get();
  const ids = new Set([myId, ...members.map(({ userId }) => userId), ...peers.filter((id) => id !== null)]);
  return [...ids].slice(0, watchedAtMost).sort();
}
