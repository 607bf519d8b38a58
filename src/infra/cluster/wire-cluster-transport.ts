import { z } from 'zod';
import type { Counter, Metrics } from '../../kernel/telemetry/metrics.ts';
import type { MessageAuth } from './auth/message-auth.ts';
import { textAt } from './auth/signatures.ts';
import type { ClusterTransport, NodeInfo, ClusterListener } from '../../kernel/bus/cluster-transport.ts';
import type { DomainEvent } from '../../kernel/bus/bus.ts';
import type { Wire } from './wire.ts';

const NodeInfoShape = z.object({ modules: z.array(z.string()), transports: z.array(z.string()), routesAt: z.string().optional() });
/** Without `events` a heartbeat, with what the node runs; `bye` from a node that stops. */
const ClusterMessage = z.object({
  from: z.string(),
  bye: z.boolean().optional(),
  nodeInfo: NodeInfoShape.optional(),
  events: z.array(z.object({ id: z.string(), event: z.string(), payload: z.unknown() })).optional(),
});

interface BroadcastOptions {
  readonly wire: Wire;
  readonly auth: MessageAuth;
  readonly nodeId: string;
  readonly nodeInfo: NodeInfo;
  readonly metrics: Metrics;
  /** Called once for each node that left. */
  readonly onPeerLeft?: (nodeInfo: NodeInfo, left: PeerLeft) => void;
}

export interface PeerLeft {
  /** When it was seen last, by `performance.now()`. */
  readonly at: number;
  /** Whether it said so at its stop, or fell silent. */
  readonly isAnnounced: boolean;
}

interface Peer {
  at: number;
  nodeInfo: NodeInfo;
  isSilent: boolean;
}

const heartbeatMs = 1_000;
/** A node that was silent so long, this one included, may have sent events that did not arrive. */
const silentMs = 2_500;
/** Longer than the lease of an outbox row: by then other nodes have published what a dead node left. */
const deadMs = 40_000;
const bytesUnderWayAtMost = 16_000_000;
const emptyNodeInfo: NodeInfo = { modules: [], transports: [] };
/** The topic of messages for every node. */
export const allNodes = 'everybody';

/** Carries events to the other nodes of the team over a wire. What is published in one turn of the event loop goes as one message. */
export class WireClusterTransport implements ClusterTransport {
  readonly #wire: Wire;
  readonly #auth: MessageAuth;
  readonly #nodeId: string;
  readonly #nodeInfo: NodeInfo;
  readonly #ownPrefix: Buffer;
  readonly #onPeerLeft: (nodeInfo: NodeInfo, left: PeerLeft) => void;
  readonly #events: Counter;
  readonly #gaps: Counter;
  /** Every node that is seen, this one among them: its own messages come back over the same wire. */
  readonly #peers = new Map<string, Peer>();
  #timer: NodeJS.Timeout | null = null;
  #pending: DomainEvent[] = [];
  #bytesUnderWay = 0;
  #mayHaveMissed = false;
  #isClosed = false;

  constructor({ wire, auth, nodeId, nodeInfo, metrics, onPeerLeft = () => undefined }: BroadcastOptions) {
    this.#wire = wire;
    this.#auth = auth;
    this.#nodeId = nodeId;
    this.#nodeInfo = nodeInfo;
    this.#onPeerLeft = onPeerLeft;
    this.#ownPrefix = Buffer.from(`{"from":${JSON.stringify(nodeId)},"events"`);
    this.#events = metrics.counter('confab_cluster_events_total', 'Events and signals between nodes: sent, received, lost', ['direction']);
    this.#gaps = metrics.counter('confab_cluster_gaps_total', 'Times this node may have missed events of others');
    metrics.gauge('confab_cluster_nodes', 'Nodes that are seen, this one among them', () => this.#peers.size);
  }

  nodes(): readonly NodeInfo[] {
    const since = performance.now() - silentMs;
    return [...this.#peers.values()].filter(({ at }) => at >= since).map(({ nodeInfo }) => nodeInfo);
  }

  publish(events: readonly DomainEvent[]): void {
    if (events.length === 0 || this.#isClosed) return;
    if (this.#pending.length === 0) setImmediate(this.#flush);
    this.#pending.push(...events);
  }

  open(listener: ClusterListener): void {
    this.#peers.set(this.#nodeId, { at: performance.now(), nodeInfo: this.#nodeInfo, isSilent: false });
    this.#wire.open((content) => {
      this.#receive(content, listener);
    });
    this.#send({ nodeInfo: this.#nodeInfo }, [allNodes]);
    this.#timer = setInterval(() => {
      this.#heartbeat(listener);
    }, heartbeatMs);
    this.#timer.unref();
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#flush();
    this.#send({ bye: true, nodeInfo: this.#nodeInfo }, [allNodes]);
    this.#isClosed = true;
    this.#wire.close();
  }

  readonly #flush = (): void => {
    if (this.#pending.length === 0) return;
    const events = this.#pending;
    this.#pending = [];
    this.#send({ events }, [...new Set(events.map(({ event }) => event))]);
  };

  #send(message: { events?: readonly DomainEvent[]; bye?: boolean; nodeInfo?: NodeInfo }, topics: readonly string[]): void {
    if (this.#isClosed) return;
    const count = message.events?.length ?? 0;
    if (this.#bytesUnderWay > bytesUnderWayAtMost) {
      this.#events.add({ direction: 'lost' }, count);
      return;
    }
    const content = this.#auth.sign('live', '', JSON.stringify({ from: this.#nodeId, ...message }));
    this.#bytesUnderWay += content.length;
    const ended = (direction: 'sent' | 'lost') => () => {
      this.#bytesUnderWay -= content.length;
      this.#events.add({ direction }, count);
    };
    this.#wire.send(content, topics).then(ended('sent'), ended('lost'));
  }

  #receive(content: Buffer, listener: ClusterListener): void {
    if (this.#isOwnMessage(content)) return;
    const opened = this.#auth.openFresh('live', '', content);
    if (!opened) return;
    const message = readMessage(opened.text);
    if (!message) {
      this.#auth.refuse('live', 'malformed');
      return;
    }
    if (message.bye) this.#peerLeft(message);
    else this.#peerSeen(message);
    if (!message.events || message.from === this.#nodeId) return;
    this.#events.add({ direction: 'received' }, message.events.length);
    listener.received(message.events as DomainEvent[]);
  }

  /** Checked before the signature, for speed. A forger that names this node is ignored as this node is. */
  #isOwnMessage(content: Buffer): boolean {
    const begin = textAt(content);
    return content.subarray(begin, begin + this.#ownPrefix.length).equals(this.#ownPrefix);
  }

  #peerLeft({ from, nodeInfo }: z.output<typeof ClusterMessage>): void {
    this.#peers.delete(from);
    if (nodeInfo && from !== this.#nodeId) this.#onPeerLeft(nodeInfo, { at: performance.now(), isAnnounced: true });
  }

  #peerSeen({ from, nodeInfo }: z.output<typeof ClusterMessage>): void {
    const known = this.#peers.get(from);
    this.#peers.set(from, { at: performance.now(), nodeInfo: nodeInfo ?? known?.nodeInfo ?? emptyNodeInfo, isSilent: false });
  }

  #heartbeat(listener: ClusterListener): void {
    this.#send({ nodeInfo: this.#nodeInfo }, [allNodes]);
    const now = performance.now();
    let isMissing = false;
    for (const [nodeId, peer] of this.#peers) {
      if (nodeId !== this.#nodeId && now - peer.at > deadMs) this.#peers.delete(nodeId);
      else if (now - peer.at > silentMs) {
        isMissing = true;
        if (!peer.isSilent) this.#onPeerLeft(peer.nodeInfo, { at: peer.at, isAnnounced: false });
        peer.isSilent = true;
      }
    }
    if (isMissing && !this.#mayHaveMissed) this.#gaps.add();
    if (isMissing || this.#mayHaveMissed) listener.eventsMayBeLost(!isMissing);
    this.#mayHaveMissed = isMissing;
  }
}

/** Null for a message of a newer version. */
function readMessage(text: string): z.output<typeof ClusterMessage> | null {
  try {
    return ClusterMessage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
