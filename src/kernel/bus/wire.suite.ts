import { CutWire } from '../../../test/harness/cut-wire.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { newId } from '../ids.ts';
import { createMetrics } from '../telemetry/prometheus-metrics.ts';
import type { Fact } from './bus.ts';
import { NodeBridge } from './node-bridge.ts';
import type { Wire } from './wire.ts';

const fact = (text: string): Fact => ({ id: newId(), event: 'test.happened', payload: { text } });

interface OpenWire {
  readonly wire: Wire;
  /** Puts any text on the same wire. */
  put(text: string): Promise<unknown>;
  close(): Promise<void> | void;
}

interface Wires {
  /** Where the server is. */
  readonly url: string;
  /** A team's name that no other test uses. */
  team(): string;
  open(url: string, team: string): Promise<OpenWire>;
}

/** What nodes can rely on when they meet on a wire. */
export function wireSuite({ url, team, open: openWire }: Wires): void {
  const closes: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closes.splice(0)) await close();
  });

  async function open(prefix: string, address = url, name = 'chat') {
    const { wire, put, close } = await openWire(address, prefix);
    const metrics = createMetrics();
    const bridge = new NodeBridge({ wire, nodeId: newId(), offer: { modules: [name], doors: [] }, metrics });
    const heard: Fact[] = [];
    const missed: boolean[] = [];
    bridge.open({ hear: (facts) => void heard.push(...facts), missed: (over) => void missed.push(over) });
    closes.push(() => {
      bridge.close();
      return close();
    });
    return { bridge, heard, missed, metrics, put };
  }

  async function two(address = url) {
    const prefix = team();
    const nodes = [await open(prefix, address), await open(prefix)] as const;
    await eventually(() => {
      for (const [from, to] of [nodes, [nodes[1], nodes[0]]] as const) {
        from.bridge.tell([fact('hello')]);
        expect(to.heard.length).toBeGreaterThan(0);
      }
    });
    const last = fact('all is heard');
    for (const { bridge } of nodes) bridge.tell([last]);
    for (const { heard } of nodes) {
      await eventually(() => {
        expect(heard).toContainEqual(last);
      });
      heard.length = 0;
    }
    return nodes;
  }

  test('others hear in the order of the telling, the teller does not', async () => {
    const [one, other] = await two();
    const told = Array.from({ length: 500 }, (_, index) => fact(String(index)));
    for (const each of told) one.bridge.tell([each]);
    await eventually(() => {
      expect(other.heard.filter(({ id }) => told.some((each) => each.id === id))).toEqual(told);
    });
    expect(one.heard).toEqual([]);
  });

  test('nodes of another team hear nothing', async () => {
    const [one, other] = await two();
    const [stranger] = await two();
    one.bridge.tell([fact('private')]);
    await eventually(() => {
      expect(other.heard).toHaveLength(1);
    });
    expect(stranger.heard).toEqual([]);
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
    cutOff.bridge.tell([fact('lost')]);
    wire.mend();
    await eventually(() => {
      expect(cutOff.missed.at(-1)).toBe(true);
      expect(other.missed.at(-1)).toBe(true);
    });
    cutOff.bridge.tell([fact('after')]);
    await eventually(() => {
      expect(other.heard.map(({ payload }) => (payload as { text: string }).text)).toEqual(['after']);
    });
    const { body } = await cutOff.metrics.expose();
    expect(body).toMatch(/confab_bridge_facts_total\{way="lost"\} [1-9]/);
    expect(body).toMatch(/confab_bridge_gaps_total [1-9]/);
    expect(body).toMatch(/confab_bridge_nodes 2/);
  });

  test('a node that stops in order is not waited for', async () => {
    const prefix = team();
    const stays = await open(prefix);
    const goes = await open(prefix);
    await eventually(() => {
      goes.bridge.tell([fact('here')]);
      expect(stays.heard.length).toBeGreaterThan(0);
    });
    goes.bridge.close();
    const beats = stays.missed.length;
    const since = performance.now();
    await eventually(() => {
      stays.bridge.tell([fact('alone')]);
      expect(performance.now() - since).toBeGreaterThan(4_000);
    });
    expect(stays.missed).toHaveLength(beats);
  });

  test('whatever else is on the channel does no harm', async () => {
    const prefix = team();
    const node = await open(prefix);
    const teller = await open(prefix);
    for (const text of ['', 'nonsense', '[]', '{"from":1}', '{"from":"x","facts":[{}]}']) await teller.put(text);
    await eventually(() => {
      teller.bridge.tell([fact('well')]);
      expect(node.heard.length).toBeGreaterThan(0);
    });
  });

  test('each node knows what the others run, until they stop', async () => {
    const prefix = team();
    const chat = await open(prefix);
    const admin = await open(prefix, url, 'admin');
    const modules = () => chat.bridge.offers().flatMap((offer) => offer.modules);
    await eventually(() => {
      expect(modules().toSorted()).toEqual(['admin', 'chat']);
    });
    admin.bridge.close();
    await eventually(() => {
      expect(modules()).toEqual(['chat']);
    });
  });
}
