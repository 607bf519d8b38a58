import { z } from 'zod';
import { event } from '../../contracts/define.ts';
import { eventsMayBeLost } from '../../contracts/nodes/nodes.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import type { ClusterTransport, NodeInfo, ClusterListener } from '../../kernel/bus/cluster-transport.ts';
import { type DomainEvent, onLive, onEvent } from '../../kernel/bus/bus.ts';
import { MemoryBus } from './memory-bus.ts';
import { MemoryDeliveries } from './memory-deliveries.ts';

const payload = z.strictObject({ n: z.number() });
const happened = event({ name: 'suite.happened', summary: 'It happened.', delivery: 'event', payload });
const unheard = event({ name: 'suite.unheard', summary: 'Nobody listens live.', delivery: 'event', payload });
const typing = event({ name: 'suite.typing', summary: 'It goes on.', delivery: 'signal', payload });
const holding = event({ name: 'suite.holding', summary: 'One of all keeps it.', delivery: 'signal', localOnly: true, payload });
const leaving = event({ name: 'suite.leaving', summary: 'Kept elsewhere.', delivery: 'signal', localOnly: true, payload });
const factOf = (name: string, n: number): DomainEvent => ({ id: newId(), event: name, payload: { n } });

/** What crossed, and the far side to speak from. */
class TestBridge implements ClusterTransport {
  readonly told: DomainEvent[] = [];
  listener: ClusterListener | null = null;
  publish(facts: readonly DomainEvent[]): void {
    this.told.push(...facts);
  }
  open(listener: ClusterListener): void {
    this.listener = listener;
  }
  nodes(): readonly NodeInfo[] {
    return [{ modules: ['chat'], transports: ['socket'] }];
  }
  close(): void {
    this.listener = null;
  }
}

async function open() {
  const bridge = new TestBridge();
  const bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger, strict: true, cluster: bridge });
  const live: DomainEvent[] = [];
  const durable: DomainEvent[] = [];
  for (const each of [happened, typing, holding]) bus.subscribe(onLive(each, 'live', (fact) => void live.push(fact)));
  for (const each of [happened, unheard]) bus.subscribe(onEvent(each, 'durable', (fact) => void durable.push(fact)));
  await bus.start();
  return { bus, bridge, live, durable };
}

describe('a bus with a bridge', () => {
  test('tells the others what happened, whether or not anybody listens here: they may run other modules', async () => {
    const { bus, bridge } = await open();
    const facts = [factOf(happened.name, 1), factOf(unheard.name, 2)];
    await bus.deliver(facts);
    expect(bridge.told).toEqual(facts);
    await bus.stop();
  });

  test('tells signals but those that a listener here keeps for all', async () => {
    const { bus, bridge } = await open();
    bus.signal(typing, { n: 1 });
    bus.signal(holding, { n: 2 });
    bus.signal(leaving, { n: 3 });
    expect(bridge.told.map(({ event: name }) => name)).toEqual([typing.name, leaving.name]);
    await bus.stop();
  });

  test('tells live listeners what others tell, never a reaction: that ran where the fact was taken', async () => {
    const { bus, bridge, live, durable } = await open();
    const facts = [factOf(happened.name, 1), factOf(typing.name, 2), factOf('suite.ofANewerVersion', 3)];
    bridge.listener?.received(facts);
    expect(live).toEqual(facts.slice(0, 2));
    expect(durable).toEqual([]);
    expect(bridge.told).toEqual([]);
    await bus.stop();
  });

  test('tells its own listeners when news may be missing, and closes the bridge when it stops', async () => {
    const { bus, bridge } = await open();
    const overs: boolean[] = [];
    bus.subscribe(onLive(eventsMayBeLost, 'listener', ({ payload: { over } }) => void overs.push(over)));
    bridge.listener?.eventsMayBeLost(false);
    bridge.listener?.eventsMayBeLost(true);
    expect(overs).toEqual([false, true]);
    expect(bridge.told).toEqual([]);
    await bus.stop();
    expect(bridge.listener).toBeNull();
  });
});
