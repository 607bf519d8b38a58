import { z } from 'zod';
import type { Counter, Metrics } from '../telemetry/metrics.ts';
import type { MessageAuth } from './auth/message-auth.ts';
import { textAt } from './auth/signatures.ts';
import type { Bridge, Offer, Shore } from './bridge.ts';
import type { Fact } from './bus.ts';
import type { Wire } from './wire.ts';

const SomeOffer = z.object({ modules: z.array(z.string()), doors: z.array(z.string()) });
/** Without `facts` a sign of life, with what the node runs; `bye` from a node that stops. */
const Word = z.object({
  from: z.string(),
  bye: z.boolean().optional(),
  offer: SomeOffer.optional(),
  facts: z.array(z.object({ id: z.string(), event: z.string(), payload: z.unknown() })).optional(),
});

interface NodeBridgeOptions {
  readonly wire: Wire;
  readonly auth: MessageAuth;
  readonly nodeId: string;
  readonly offer: Offer;
  readonly metrics: Metrics;
  /** A node is not heard any more: told once for each. */
  readonly gone?: (offer: Offer, departure: Departure) => void;
}

export interface Departure {
  /** When it was heard last, by `performance.now()`. */
  readonly at: number;
  /** Whether it said so, in the order of a stop, or fell silent. */
  readonly isSaid: boolean;
}

interface Neighbour {
  at: number;
  offer: Offer;
  isSilent: boolean;
}

const beatMs = 1_000;
/** A node that was silent so long, this one included, may have said what did not arrive. */
const silentMs = 2_500;
/** Longer than the lease of an outbox row: by then others have told what a dead node left. */
const deadMs = 40_000;
const bytesUnderWayAtMost = 16_000_000;
const noOffer: Offer = { modules: [], doors: [] };
/** The topic of words that every node hears. */
export const everybody = 'everybody';

/** A bridge to the other nodes of the team on a wire between them. What is told in one turn of the event loop goes as one text. */
export class NodeBridge implements Bridge {
  readonly #wire: Wire;
  readonly #auth: MessageAuth;
  readonly #nodeId: string;
  readonly #offer: Offer;
  readonly #ownFacts: Buffer;
  readonly #gone: (offer: Offer, departure: Departure) => void;
  readonly #facts: Counter;
  readonly #gaps: Counter;
  /** Every node that is heard, this one among them: its own word comes back over the same way. */
  readonly #neighbours = new Map<string, Neighbour>();
  #timer: NodeJS.Timeout | null = null;
  #pending: Fact[] = [];
  #bytesUnderWay = 0;
  #isMissing = false;
  #isClosed = false;

  constructor({ wire, auth, nodeId, offer, metrics, gone = () => undefined }: NodeBridgeOptions) {
    this.#wire = wire;
    this.#auth = auth;
    this.#nodeId = nodeId;
    this.#offer = offer;
    this.#gone = gone;
    this.#ownFacts = Buffer.from(`{"from":${JSON.stringify(nodeId)},"facts"`);
    this.#facts = metrics.counter('confab_bridge_facts_total', 'Facts and signals between nodes: told, heard, lost', ['way']);
    this.#gaps = metrics.counter('confab_bridge_gaps_total', 'Times this node may have missed what others told');
    metrics.gauge('confab_bridge_nodes', 'Nodes that are heard, this one among them', () => this.#neighbours.size);
  }

  offers(): readonly Offer[] {
    const since = performance.now() - silentMs;
    return [...this.#neighbours.values()].filter(({ at }) => at >= since).map(({ offer }) => offer);
  }

  tell(facts: readonly Fact[]): void {
    if (facts.length === 0 || this.#isClosed) return;
    if (this.#pending.length === 0) setImmediate(this.#flush);
    this.#pending.push(...facts);
  }

  open(shore: Shore): void {
    this.#neighbours.set(this.#nodeId, { at: performance.now(), offer: this.#offer, isSilent: false });
    this.#wire.open((content) => {
      this.#hear(content, shore);
    });
    this.#send({ offer: this.#offer }, [everybody]);
    this.#timer = setInterval(() => {
      this.#beat(shore);
    }, beatMs);
    this.#timer.unref();
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#flush();
    this.#send({ bye: true, offer: this.#offer }, [everybody]);
    this.#isClosed = true;
    this.#wire.close();
  }

  readonly #flush = (): void => {
    if (this.#pending.length === 0) return;
    const facts = this.#pending;
    this.#pending = [];
    this.#send({ facts }, [...new Set(facts.map(({ event }) => event))]);
  };

  #send(word: { facts?: readonly Fact[]; bye?: boolean; offer?: Offer }, topics: readonly string[]): void {
    if (this.#isClosed) return;
    const told = word.facts?.length ?? 0;
    if (this.#bytesUnderWay > bytesUnderWayAtMost) {
      this.#facts.add({ way: 'lost' }, told);
      return;
    }
    const content = this.#auth.sign('live', '', JSON.stringify({ from: this.#nodeId, ...word }));
    this.#bytesUnderWay += content.length;
    const ended = (way: 'told' | 'lost') => () => {
      this.#bytesUnderWay -= content.length;
      this.#facts.add({ way }, told);
    };
    this.#wire.send(content, topics).then(ended('told'), ended('lost'));
  }

  #hear(content: Buffer, shore: Shore): void {
    if (this.#isOwnFacts(content)) return;
    const message = this.#auth.openFresh('live', '', content);
    if (!message) return;
    const word = wordOf(message.text);
    if (!word) {
      this.#auth.refuse('live', 'malformed');
      return;
    }
    if (word.bye) this.#part(word);
    else this.#note(word);
    if (!word.facts || word.from === this.#nodeId) return;
    this.#facts.add({ way: 'heard' }, word.facts.length);
    shore.hear(word.facts as Fact[]);
  }

  /** Looked at before the signature, which most of what comes back need not have: whoever pretends to be this node is ignored like it. */
  #isOwnFacts(content: Buffer): boolean {
    const begin = textAt(content);
    return content.subarray(begin, begin + this.#ownFacts.length).equals(this.#ownFacts);
  }

  #part({ from, offer }: z.output<typeof Word>): void {
    this.#neighbours.delete(from);
    if (offer && from !== this.#nodeId) this.#gone(offer, { at: performance.now(), isSaid: true });
  }

  #note({ from, offer }: z.output<typeof Word>): void {
    const known = this.#neighbours.get(from);
    this.#neighbours.set(from, { at: performance.now(), offer: offer ?? known?.offer ?? noOffer, isSilent: false });
  }

  #beat(shore: Shore): void {
    this.#send({ offer: this.#offer }, [everybody]);
    const now = performance.now();
    let isMissing = false;
    for (const [nodeId, neighbour] of this.#neighbours) {
      if (nodeId !== this.#nodeId && now - neighbour.at > deadMs) this.#neighbours.delete(nodeId);
      else if (now - neighbour.at > silentMs) {
        isMissing = true;
        if (!neighbour.isSilent) this.#gone(neighbour.offer, { at: neighbour.at, isSaid: false });
        neighbour.isSilent = true;
      }
    }
    if (isMissing && !this.#isMissing) this.#gaps.add();
    if (isMissing || this.#isMissing) shore.missed(!isMissing);
    this.#isMissing = isMissing;
  }
}

/** Null for what a version to come put on the wire. */
function wordOf(text: string): z.output<typeof Word> | null {
  try {
    return Word.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
