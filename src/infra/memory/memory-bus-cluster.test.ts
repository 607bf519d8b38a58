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
const quiet = event({ name: 'suite.quiet', summary: 'Nobody listens live.', delivery: 'event', payload });
const typing = event({ name: 'suite.typing', summary: 'It goes on.', delivery: 'signal', payload });
const holding = event({ name: 'suite.holding', summary: 'One of all keeps it.', delivery: 'signal', localOnly: true, payload });
const leaving = event({ name: 'suite.leaving', summary: 'Kept elsewhere.', delivery: 'signal', localOnly: true, payload });
const eventOf = (name: string, n: number): DomainEvent => ({ id: newId(), event: name, payload: { n } });

/** What crossed, and the far side to speak from. */
class TestTransport implements ClusterTransport {
  readonly published: DomainEvent[] = [];
  listener: ClusterListener | null = null;
  publish(events: readonly DomainEvent[]): void {
    this.published.push(...events);
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
  const transport = new TestTransport();
  const bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger: silentLogger, strict: true, cluster: transport });
  const live: DomainEvent[] = [];
  const durable: DomainEvent[] = [];
  for (const each of [happened, typing, holding]) bus.subscribe(onLive(each, 'live', (received) => void live.push(received)));
  for (const each of [happened, quiet]) bus.subscribe(onEvent(each, 'durable', (received) => void durable.push(received)));
  await bus.start();
  return { bus, transport, live, durable };
}

describe('a bus with a cluster transport', () => {
  test('publishes events to other nodes, whether or not it has a subscriber: they may run other modules', async () => {
    const { bus, transport } = await open();
    const events = [eventOf(happened.name, 1), eventOf(quiet.name, 2)];
    await bus.deliver(events);
    expect(transport.published).toEqual(events);
    await bus.stop();
  });

  test('publishes signals to other nodes, except local-only ones that have a subscriber here', async () => {
    const { bus, transport } = await open();
    bus.signal(typing, { n: 1 });
    bus.signal(holding, { n: 2 });
    bus.signal(leaving, { n: 3 });
    expect(transport.published.map(({ event: name }) => name)).toEqual([typing.name, leaving.name]);
    await bus.stop();
  });

  test('delivers events of other nodes to live subscribers only: the durable ones ran where the event was published', async () => {
    const { bus, transport, live, durable } = await open();
    const events = [eventOf(happened.name, 1), eventOf(typing.name, 2), eventOf('suite.ofANewerVersion', 3)];
    transport.listener?.received(events);
    expect(live).toEqual(events.slice(0, 2));
    expect(durable).toEqual([]);
    expect(transport.published).toEqual([]);
    await bus.stop();
  });

  test('notifies its own subscribers when events may be lost, and closes the transport when it stops', async () => {
    const { bus, transport } = await open();
    const overs: boolean[] = [];
    bus.subscribe(onLive(eventsMayBeLost, 'listener', ({ payload: { over } }) => void overs.push(over)));
    transport.listener?.eventsMayBeLost(false);
    transport.listener?.eventsMayBeLost(true);
    expect(overs).toEqual([false, true]);
    expect(transport.published).toEqual([]);
    await bus.stop();
    expect(transport.listener).toBeNull();
  });
});
