import type { LocalApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import type { Message } from '../../shared/model.ts';

/** Adds the reaction or takes it back; the client library shows it at once. */
export async function toggleReaction({ client, ui, t }: LocalApp, { conversationId, id }: Message, emoji: string): Promise<void> {
  try {
    await client.conversation(conversationId).toggleReaction(id, emoji);
  } catch (error) {
    ui.showToast(failureText(t, error), 'error');
  }
}
