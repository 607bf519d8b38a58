import type { Audience, EventDeclaration } from '../../contracts/define.ts';
import type { FanOut } from './fan-out.ts';
import { conversationRoom, everyoneRoom, userRoom, watchRoom } from './rooms.ts';

/** Where events go to. */
export interface Receivers {
  readonly fanOut: FanOut;
  /** Guests who may know of a person, by their user ids. */
  readonly guests: { knowing(personId: string): Iterable<string> };
}

/** Sends an event to those who may see it now: encoded once for all of them. */
export function emitToClients(event: EventDeclaration, payload: unknown, { fanOut, guests }: Receivers): void {
  for (const client of event.clients) {
    const shown = client.present ? client.present(payload) : payload;
    const packet = `2[${JSON.stringify(client.name)},${JSON.stringify(shown)}]`;
    const audience = client.audience(payload);
    if ('users' in audience) for (const userId of audience.users) fanOut.toRoom(userRoom(userId), packet);
    else fanOut.toRoom(roomOf(audience), packet);
    if ('everyone' in audience) for (const userId of guests.knowing(audience.about)) fanOut.toRoom(userRoom(userId), packet);
  }
}

function roomOf(audience: Exclude<Audience, { readonly users: readonly string[] }>): string {
  if ('conversation' in audience) return conversationRoom(audience.conversation);
  if ('user' in audience) return userRoom(audience.user);
  if ('watchers' in audience) return watchRoom(audience.watchers);
  return everyoneRoom;
}
