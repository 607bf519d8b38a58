import type { App, LocalApp } from '../../app/app-context.tsx';
import { chatRoute, pathOf } from '../../app/routes.ts';
import { panelCovers } from '../../shared/browser/screen.ts';
import type { Conversation } from '../../shared/model.ts';

export function openConversationId({ navigation }: Pick<App, 'navigation'>): string | null {
  const route = navigation.route.get();
  return route.name === 'chat' ? route.conversationId : null;
}

/** The conversation on the screen, if the user is in it. */
export function openConversation(app: Pick<App, 'navigation' | 'client'>): Conversation | null {
  const id = openConversationId(app);
  return id === null ? null : app.client.conversation(id).conversation.get();
}

/** Leaves a conversation that was removed or left, if it is the open one. */
export function leaveConversationPlace({ navigation }: Pick<App, 'navigation'>, id: string): void {
  if (openConversationId({ navigation }) === id) navigation.replace(chatRoute(null));
}

/** Opens the direct conversation with a person. One who has gone elsewhere by the time the server answers is not taken away from there. */
export async function goToDirect({ client, navigation }: Pick<App, 'client' | 'navigation'>, userId: string): Promise<void> {
  const from = navigation.route.get();
  const { id } = await client.openDirect(userId);
  if (navigation.route.get() === from) navigation.go(chatRoute(id));
}

/** Goes to a conversation where it was left; a panel that would cover it gives way. */
export function goToConversation({ navigation }: Pick<App, 'navigation'>, conversationId: string): void {
  if (panelCovers()) navigation.go(chatRoute(conversationId));
  else navigation.goBeside(chatRoute(conversationId));
}

/** Goes to a message, also when the address names it already; a panel that would cover it gives way. */
export async function openMessage(
  { navigation, views }: Pick<LocalApp, 'navigation' | 'views'>,
  conversationId: string,
  seq: number,
): Promise<void> {
  const route = chatRoute(conversationId, seq);
  if (pathOf(navigation.route.get()) === pathOf(route)) {
    if (panelCovers()) navigation.closePanel();
    await views.of(conversationId).show(seq);
  } else if (panelCovers()) navigation.go(route);
  else navigation.goBeside(route);
}

/** The reader has left the message that the address names: a reload is not to return there. "Back" still leads to where they came from. */
export function leaveMessageLink({ navigation, views }: Pick<LocalApp, 'navigation' | 'views'>, conversationId: string): void {
  const route = navigation.route.get();
  if (route.name !== 'chat' || route.conversationId !== conversationId || route.seq === null) return;
  views.of(conversationId).stay();
  navigation.replace(chatRoute(conversationId));
}
