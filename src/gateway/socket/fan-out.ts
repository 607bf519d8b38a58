import { Batch, type SocketConnection } from './socket-connection.ts';
import { conversationIn, type Rooms } from './rooms.ts';

/**
 * A write to one member costs about 4 µs: after a room was written to it rests six times as long as that took, ten times
 * where many write, and what comes meanwhile goes out together. A room of 200 waits 5 ms at most, 8 ms where many write, a room of two dozen or a
 * quiet one never. The shorter rest ends before the log's next write comes: a message waits once, not twice. Where
 * members are spread over several gateways, it rests as if those here were not all: else two gateways would write twice as often.
 */
const restMsPerMember = { fewWrite: 0.025, manyWrite: 0.04 } as const;
/** Packets of a room in one write. */
const manyPackets = 8;
const restsAtMostMs = 25;
const restWorthMs = 1;
/** Packets of a room are framed in portions of so many letters, so that a member who is slow gets some of them. */
const portionLength = 65_536;

/**
 * Collects what one turn of the event loop sends, and sends it at the turn's end: each room's packets are framed once
 * for all its members, and each member gets everything in one write.
 */
export class FanOut {
  readonly #rooms: Rooms;
  readonly #onBehind: (connection: SocketConnection) => void;
  #byRoom = new Map<string, string[]>();
  #withAcks: SocketConnection[] = [];
  #isScheduled = false;
  #waking: NodeJS.Timeout | null = null;
  /** When a large room may be written to again, by its members' set; milliseconds of the process. */
  readonly #restsUntil = new WeakMap<ReadonlySet<SocketConnection>, number>();
  /** Packets handed to sockets so far, times their receivers. */
  delivered = 0;
  /** Over how many gateways the members of a room are spread, this one among them. */
  gatewayCount = 1;

  /** `onBehind` gets a connection that lacks events of conversations from now on. */
  constructor(rooms: Rooms, onBehind: (connection: SocketConnection) => void) {
    this.#rooms = rooms;
    this.#onBehind = onBehind;
  }

  toRoom(room: string, packet: string): void {
    if (this.#rooms.in(room).size === 0) return;
    const packets = this.#byRoom.get(room);
    if (packets) packets.push(packet);
    else this.#byRoom.set(room, [packet]);
    this.#schedule();
  }

  toConnection(connection: SocketConnection, packet: string): void {
    if (connection.acks !== null) connection.acks.push(packet);
    else {
      connection.acks = [packet];
      this.#withAcks.push(connection);
    }
    this.#schedule();
  }

  /** Sends all that is collected, now: before an audience changes or a socket goes. */
  flush(): void {
    this.#send(Infinity);
  }

  readonly #endTurn = (): void => {
    this.#isScheduled = false;
    this.#send(performance.now());
  };

  #send(now: number): void {
    const receivers: SocketConnection[] = [];
    this.#takeAcks(receivers);
    this.#takeRooms(receivers, now);
    for (const connection of receivers) {
      const { inbox } = connection;
      connection.inbox = null;
      if (inbox === null || connection.isTerminated) continue;
      connection.write(inbox);
      if (connection.missed !== null) this.#onBehind(connection);
    }
  }

  #takeAcks(receivers: SocketConnection[]): void {
    if (this.#withAcks.length === 0) return;
    const connections = this.#withAcks;
    this.#withAcks = [];
    for (const connection of connections) {
      const { acks } = connection;
      connection.acks = null;
      if (acks === null) continue;
      this.delivered += acks.length;
      put(new Batch(acks), connection, receivers);
    }
  }

  #takeRooms(receivers: SocketConnection[], now: number): void {
    if (this.#byRoom.size === 0) return;
    const rooms = this.#byRoom;
    this.#byRoom = new Map();
    let wakeAt = Infinity;
    for (const [room, packets] of rooms) {
      const members = this.#rooms.in(room);
      const restsUntil = this.#restsUntil.get(members) ?? 0;
      if (restsUntil > now) {
        this.#byRoom.set(room, packets);
        wakeAt = Math.min(wakeAt, restsUntil);
        continue;
      }
      this.delivered += packets.length * members.size;
      for (const batch of portions(packets, conversationIn(room))) for (const connection of members) put(batch, connection, receivers);
      this.#rest(members, packets.length);
    }
    if (this.#byRoom.size > 0) this.#wakeIn(wakeAt - now);
  }

  #rest(members: ReadonlySet<SocketConnection>, packets: number): void {
    const each = packets < manyPackets ? restMsPerMember.fewWrite : restMsPerMember.manyWrite;
    const restMs = Math.min(members.size * this.gatewayCount * each, restsAtMostMs);
    if (restMs >= restWorthMs) this.#restsUntil.set(members, performance.now() + restMs);
  }

  #wakeIn(waitMs: number): void {
    if (this.#waking) return;
    this.#waking = setTimeout(() => {
      this.#waking = null;
      this.#endTurn();
    }, waitMs);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#endTurn);
  }
}

function portions(packets: readonly string[], conversationId: string | null): Batch[] {
  const batches: Batch[] = [];
  let [from, letters] = [0, 0];
  for (let at = 0; at < packets.length; at++) {
    letters += packets[at]?.length ?? 0;
    if (letters < portionLength) continue;
    batches.push(new Batch(packets.slice(from, at + 1), conversationId));
    [from, letters] = [at + 1, 0];
  }
  if (from < packets.length) batches.push(new Batch(from === 0 ? packets : packets.slice(from), conversationId));
  return batches;
}

function put(batch: Batch, connection: SocketConnection, receivers: SocketConnection[]): void {
  if (connection.inbox !== null) {
    connection.inbox.push(batch);
    return;
  }
  connection.inbox = [batch];
  receivers.push(connection);
}
