import { z } from 'zod';
import type { Counter, Metrics } from '../telemetry/metrics.ts';
import type { MessageAuth } from './auth/message-auth.ts';
import { textAt } from './auth/signatures.ts';
import type { ClusterTransport, NodeInfo, ClusterListener } from './cluster-transport.ts';
import type { DomainEvent } from './bus.ts';
import type { Wire } from './wire.ts';

const NodeInfoShape = z.object({ modules: z.array(z.string()), transports: z.array(z.string()) });
/** Without `facts` a sign of life, with what the node runs; `bye` from a node that stops. */
const ClusterMessage = z.object({
  from: z.string(),
  bye: z.boolean().optional(),
  offer: NodeInfoShape.optional(),
  facts: z.array(z.object({ id: z.string(), event: z.string(), payload: z.unknown() })).optional(),
});

interface BroadcastOptions {
  readonly wire: Wire;
  readonly auth: MessageAuth;
  readonly nodeId: string;
  readonly nodeInfo: NodeInfo;
  readonly metrics: Metrics;
  /** A node is not heard any more: told once for each. */
  readonly onPeerLeft?: (offer: NodeInfo, departure: PeerLeft) => void;
}

export interface PeerLeft {
  /** When it was heard last, by `performance.now()`. */
  readonly at: number;
  /** Whether it said so, in the order of a stop, or fell silent. */
  readonly isAnnounced: boolean;
}

interface Peer {
  at: number;
  nodeInfo: NodeInfo;
  isSilent: boolean;
}

const heartbeatMs = 1_000;
/** A node that was silent so long, this one included, may have said what did not arrive. */
const silentMs = 2_500;
/** Longer than the lease of an outbox row: by then others have told what a dead node left. */
const deadMs = 40_000;
const bytesUnderWayAtMost = 16_000_000;
const emptyNodeInfo: NodeInfo = { modules: [], transports: [] };
/** The topic of words that every node hears. */
export const allNodes = 'everybody';

/** A bridge to the other nodes of the team on a wire between them. What is told in one turn of the event loop goes as one text. */
export class WireClusterTransport implements ClusterTransport {
  readonly #wire: Wire;
  readonly #auth: MessageAuth;
  readonly #nodeId: string;
  readonly #nodeInfo: NodeInfo;
  readonly #ownPrefix: Buffer;
  readonly #onPeerLeft: (offer: NodeInfo, departure: PeerLeft) => void;
  readonly #events: Counter;
  readonly #gaps: Counter;
  /** Every node that is heard, this one among them: its own word comes back over the same way. */
  readonly #peers = new Map<string, Peer>();
  #timer: NodeJS.Timeout | null = null;
  #pending: DomainEvent[] = [];
  #bytesUnderWay = 0;
  #mayHaveMissed = false;
  #isClosed = false;

  constructor({ wire, auth, nodeId, nodeInfo: offer, metrics, onPeerLeft: gone = () => undefined }: BroadcastOptions) {
    this.#wire = wire;
    this.#auth = auth;
    this.#nodeId = nodeId;
    this.#nodeInfo = offer;
    this.#onPeerLeft = gone;
    this.#ownPrefix = Buffer.from(`{"from":${JSON.stringify(nodeId)},"facts"`);
    this.#events = metrics.counter('confab_bridge_facts_total', 'Facts and signals between nodes: told, heard, lost', ['way']);
    this.#gaps = metrics.counter('confab_bridge_gaps_total', 'Times this node may have missed what others told');
    metrics.gauge('confab_bridge_nodes', 'Nodes that are heard, this one among them', () => this.#peers.size);
  }

  nodes(): readonly NodeInfo[] {
    const since = performance.now() - silentMs;
    return [...this.#peers.values()].filter(({ at }) => at >= since).map(({ nodeInfo: offer }) => offer);
  }

  publish(facts: readonly DomainEvent[]): void {
    if (facts.length === 0 || this.#isClosed) return;
    if (this.#pending.length === 0) setImmediate(this.#flush);
    this.#pending.push(...facts);
  }

  open(shore: ClusterListener): void {
    this.#peers.set(this.#nodeId, { at: performance.now(), nodeInfo: this.#nodeInfo, isSilent: false });
    this.#wire.open((content) => {
      this.#receive(content, shore);
    });
    this.#send({ offer: this.#nodeInfo }, [allNodes]);
    this.#timer = setInterval(() => {
      this.#heartbeat(shore);
    }, heartbeatMs);
    this.#timer.unref();
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#flush();
    this.#send({ bye: true, offer: this.#nodeInfo }, [allNodes]);
    this.#isClosed = true;
    this.#wire.close();
  }

  readonly #flush = (): void => {
    if (this.#pending.length === 0) return;
    const facts = this.#pending;
    this.#pending = [];
    this.#send({ facts }, [...new Set(facts.map(({ event }) => event))]);
  };

  #send(word: { facts?: readonly DomainEvent[]; bye?: boolean; offer?: NodeInfo }, topics: readonly string[]): void {
    if (this.#isClosed) return;
    const told = word.facts?.length ?? 0;
    if (this.#bytesUnderWay > bytesUnderWayAtMost) {
      this.#events.add({ way: 'lost' }, told);
      return;
    }
    const content = this.#auth.sign('live', '', JSON.stringify({ from: this.#nodeId, ...word }));
    this.#bytesUnderWay += content.length;
    const ended = (way: 'told' | 'lost') => () => {
      this.#bytesUnderWay -= content.length;
      this.#events.add({ way }, told);
    };
    this.#wire.send(content, topics).then(ended('told'), ended('lost'));
  }

  #receive(content: Buffer, shore: ClusterListener): void {
    if (this.#isOwnMessage(content)) return;
    const message = this.#auth.openFresh('live', '', content);
    if (!message) return;
    const word = readMessage(message.text);
    if (!word) {
      this.#auth.refuse('live', 'malformed');
      return;
    }
    if (word.bye) this.#peerLeft(word);
    else this.#peerSeen(word);
    if (!word.facts || word.from === this.#nodeId) return;
    this.#events.add({ way: 'heard' }, word.facts.length);
    shore.received(word.facts as DomainEvent[]);
  }

  /** Looked at before the signature, which most of what comes back need not have: whoever pretends to be this node is ignored like it. */
  #isOwnMessage(content: Buffer): boolean {
    const begin = textAt(content);
    return content.subarray(begin, begin + this.#ownPrefix.length).equals(this.#ownPrefix);
  }

  #peerLeft({ from, offer }: z.output<typeof ClusterMessage>): void {
    this.#peers.delete(from);
    if (offer && from !== this.#nodeId) this.#onPeerLeft(offer, { at: performance.now(), isAnnounced: true });
  }

  #peerSeen({ from, offer }: z.output<typeof ClusterMessage>): void {
    const known = this.#peers.get(from);
    this.#peers.set(from, { at: performance.now(), nodeInfo: offer ?? known?.nodeInfo ?? emptyNodeInfo, isSilent: false });
  }

  #heartbeat(shore: ClusterListener): void {
    this.#send({ offer: this.#nodeInfo }, [allNodes]);
    const now = performance.now();
    let isMissing = false;
    for (const [nodeId, neighbour] of this.#peers) {
      if (nodeId !== this.#nodeId && now - neighbour.at > deadMs) this.#peers.delete(nodeId);
      else if (now - neighbour.at > silentMs) {
        isMissing = true;
        if (!neighbour.isSilent) this.#onPeerLeft(neighbour.nodeInfo, { at: neighbour.at, isAnnounced: false });
        neighbour.isSilent = true;
      }
    }
    if (isMissing && !this.#mayHaveMissed) this.#gaps.add();
    if (isMissing || this.#mayHaveMissed) shore.eventsMayBeLost(!isMissing);
    this.#mayHaveMissed = isMissing;
  }
}

/** Null for what a version to come put on the wire. */
function readMessage(text: string): z.output<typeof ClusterMessage> | null {
  try {
    return ClusterMessage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
