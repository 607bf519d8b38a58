import type { Audience, EventDeclaration } from '../../contracts/define.ts';
import type { FanOut } from './fan-out.ts';
import { eventPacket } from './packet.ts';
import { conversationRoom, everyoneRoom, type Rooms, userRoom, watchRoom } from './rooms.ts';

/** Where events go to. */
export interface Receivers {
  readonly fanOut: FanOut;
  readonly rooms: Pick<Rooms, 'connections' | 'in'>;
  /** Guests who may know of a person, by their user ids. */
  readonly guests: { knowing(personId: string): Iterable<string> };
}

/** Sends an event to those who may see it now: encoded once for all of them. */
export function emitToClients(event: EventDeclaration, payload: unknown, receivers: Receivers): void {
  for (const client of event.clients) {
    const shown = client.present ? client.present(payload) : payload;
    emit(eventPacket(client.name, shown), client.audience(payload), receivers);
  }
}

function emit(packet: string, audience: Audience, { fanOut, rooms, guests }: Receivers): void {
  if ('users' in audience) for (const userId of audience.users) fanOut.toRoom(userRoom(userId), packet);
  else if ('session' in audience) {
    for (const connection of rooms.in(userRoom(audience.of)))
      if (connection.actor.sessionId === audience.session) fanOut.toConnection(connection, packet);
  } else if ('connection' in audience) {
    const connection = rooms.connections.get(audience.connection);
    if (connection) fanOut.toConnection(connection, packet);
  } else fanOut.toRoom(roomOf(audience), packet);
  if ('everyone' in audience) for (const userId of guests.knowing(audience.about)) fanOut.toRoom(userRoom(userId), packet);
}

type RoomAudience = Exclude<
  Audience,
  { readonly users: readonly string[] } | { readonly session: string } | { readonly connection: string }
>;

function roomOf(audience: RoomAudience): string {
  if ('conversation' in audience) return conversationRoom(audience.conversation);
  if ('user' in audience) return userRoom(audience.user);
  if ('watchers' in audience) return watchRoom(audience.watchers);
  return everyoneRoom;
}
