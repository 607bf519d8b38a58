import { CutWire } from '../../../test/harness/cut-wire.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../telemetry/prometheus-metrics.ts';
import { MessageAuth } from './auth/message-auth.ts';
import type { DomainEvent } from '../../kernel/bus/bus.ts';
import { WireClusterTransport } from './wire-cluster-transport.ts';
import type { Wire } from './wire.ts';

const eventOf = (text: string): DomainEvent => ({ id: newId(), event: 'test.happened', payload: { text } });

interface OpenWire {
  readonly wire: Wire;
  /** Puts anything on the same wire. */
  put(content: Buffer): Promise<unknown>;
  close(): Promise<void> | void;
}

interface Wires {
  /** Where the server is. */
  readonly url: string;
  /** A team's name that no other test uses. */
  team(): string;
  open(url: string, team: string): Promise<OpenWire>;
}

const authOf = (team: string, nodeId = newId(), metrics = createMetrics()): MessageAuth =>
  new MessageAuth({ secret: `the secret of ${team}`, nodeId, logger: silentLogger, metrics });

/** What nodes can rely on when they meet on a wire. */
export function wireSuite({ url, team, open: openWire }: Wires): void {
  const closes: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closes.splice(0)) await close();
  });

  async function open(prefix: string, address = url, name = 'chat') {
    const { wire, put, close } = await openWire(address, prefix);
    const metrics = createMetrics();
    const nodeId = newId();
    const auth = authOf(prefix, nodeId, metrics);
    const cluster = new WireClusterTransport({ wire, auth, nodeId, nodeInfo: { modules: [name], transports: [] }, metrics });
    const received: DomainEvent[] = [];
    const missed: boolean[] = [];
    cluster.open({ received: (events) => void received.push(...events), eventsMayBeLost: (over) => void missed.push(over) });
    closes.push(() => {
      cluster.close();
      return close();
    });
    return { cluster, received, missed, metrics, put, nodeId };
  }

  async function two(address = url) {
    const prefix = team();
    const nodes = [await open(prefix, address), await open(prefix)] as const;
    await eventually(() => {
      for (const [from, to] of [nodes, [nodes[1], nodes[0]]] as const) {
        from.cluster.publish([eventOf('hello')]);
        expect(to.received.length).toBeGreaterThan(0);
      }
    });
    const last = eventOf('the last');
    for (const { cluster } of nodes) cluster.publish([last]);
    for (const { received } of nodes) {
      await eventually(() => {
        expect(received).toContainEqual(last);
      });
      received.length = 0;
    }
    return nodes;
  }

  test('other nodes receive events in the order they were published; the publisher gets none of its own', async () => {
    const [one, other] = await two();
    const published = Array.from({ length: 500 }, (_, index) => eventOf(String(index)));
    for (const each of published) one.cluster.publish([each]);
    await eventually(() => {
      expect(other.received.filter(({ id }) => published.some((each) => each.id === id))).toEqual(published);
    });
    expect(one.received).toEqual([]);
  });

  test('nodes of another team receive nothing', async () => {
    const [one, other] = await two();
    const [stranger] = await two();
    one.cluster.publish([eventOf('private')]);
    await eventually(() => {
      expect(other.received).toHaveLength(1);
    });
    expect(stranger.received).toEqual([]);
  });

  test('when the wire is cut both sides know that they may miss something, until it is mended', async () => {
    const wire = await CutWire.to(url);
    closes.push(() => void wire.close());
    const [cutOff, other] = await two(wire.url);
    wire.cut();
    await eventually(() => {
      expect(cutOff.missed).toContain(false);
      expect(other.missed).toContain(false);
    });
    cutOff.cluster.publish([eventOf('lost')]);
    wire.mend();
    await eventually(() => {
      expect(cutOff.missed.at(-1)).toBe(true);
      expect(other.missed.at(-1)).toBe(true);
    });
    cutOff.cluster.publish([eventOf('after')]);
    await eventually(() => {
      expect(other.received.map(({ payload }) => (payload as { text: string }).text)).toEqual(['after']);
    });
    const { body } = await cutOff.metrics.expose();
    expect(body).toMatch(/confab_cluster_events_total\{direction="lost"\} [1-9]/);
    expect(body).toMatch(/confab_cluster_gaps_total [1-9]/);
    expect(body).toMatch(/confab_cluster_nodes 2/);
  });

  test('a node that stops in order is not waited for', async () => {
    const prefix = team();
    const stays = await open(prefix);
    const goes = await open(prefix);
    await eventually(() => {
      goes.cluster.publish([eventOf('here')]);
      expect(stays.received.length).toBeGreaterThan(0);
    });
    goes.cluster.close();
    const beats = stays.missed.length;
    const since = performance.now();
    await eventually(() => {
      stays.cluster.publish([eventOf('alone')]);
      expect(performance.now() - since).toBeGreaterThan(4_000);
    });
    expect(stays.missed).toHaveLength(beats);
  });

  test('whatever else is on the channel does no harm', async () => {
    const prefix = team();
    const node = await open(prefix);
    const sender = await open(prefix);
    const anything = ['', 'nonsense', '[]', '{"from":1}', '{"from":"x","events":[{}]}', '['.repeat(200_000), '\u0000\n\n1 2 3'];
    for (const text of anything) await sender.put(Buffer.from(text));
    // What a version to come may send.
    for (const text of [...anything, 'null']) await sender.put(authOf(prefix).sign('live', '', text));
    await eventually(() => {
      sender.cluster.publish([eventOf('well')]);
      expect(node.received.length).toBeGreaterThan(0);
    });
    const { body } = await node.metrics.expose();
    expect(body).toMatch(/confab_bus_messages_refused_total\{kind="live",reason="unsigned"\} [1-9]/);
    expect(body).toMatch(/confab_bus_messages_refused_total\{kind="live",reason="malformed"\} [1-9]/);
  });

  test('events, heartbeats and farewells that no node of the team signed are dropped', async () => {
    const prefix = team();
    const node = await open(prefix);
    const sender = await open(prefix, url, 'admin');
    await eventually(() => {
      sender.cluster.publish([eventOf('here')]);
      expect(node.received.length).toBeGreaterThan(0);
    });
    const forged = [
      { from: newId(), events: [eventOf('forged')] },
      { from: sender.nodeId, events: [eventOf('in the name of another')] },
      { from: node.nodeId, events: [eventOf('in its own name')] },
      { from: newId(), nodeInfo: { modules: ['rogue'], transports: [] } },
      { from: sender.nodeId, bye: true, nodeInfo: { modules: [], transports: [] } },
    ].map((message) => JSON.stringify(message));
    for (const text of forged) {
      await sender.put(Buffer.from(text));
      await sender.put(authOf(team()).sign('live', '', text));
      await sender.put(authOf(prefix).sign('fact', 'test.happened', text));
    }
    const genuine = eventOf('genuine');
    await eventually(() => {
      sender.cluster.publish([genuine]);
      expect(node.received).toContainEqual(genuine);
    });
    expect(new Set(node.received.map(({ payload }) => (payload as { text: string }).text))).toEqual(new Set(['here', 'genuine']));
    expect(
      node.cluster
        .nodes()
        .flatMap(({ modules }) => modules)
        .toSorted(),
    ).toEqual(['admin', 'chat']);
  });

  test('a message that was recorded and sent again is dropped', async () => {
    const prefix = team();
    const node = await open(prefix);
    const recorded = authOf(prefix).sign('live', '', JSON.stringify({ from: newId(), events: [eventOf('once')] }));
    await eventually(async () => {
      await node.put(recorded);
      expect(node.received).toHaveLength(1);
    });
    for (let again = 0; again < 5; again++) await node.put(recorded);
    await eventually(async () => {
      expect((await node.metrics.expose()).body).toMatch(/refused_total\{kind="live",reason="replayed"\} [5-9]/);
    });
    expect(node.received).toHaveLength(1);
  });

  test('each node knows what the others run, until they stop', async () => {
    const prefix = team();
    const chat = await open(prefix);
    const admin = await open(prefix, url, 'admin');
    const modules = () => chat.cluster.nodes().flatMap((nodeInfo) => nodeInfo.modules);
    await eventually(() => {
      expect(modules().toSorted()).toEqual(['admin', 'chat']);
    });
    admin.cluster.close();
    await eventually(() => {
      expect(modules()).toEqual(['chat']);
    });
  });
}
