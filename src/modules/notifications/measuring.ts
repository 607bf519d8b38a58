import type { Channels as ShownChannels, ChannelStatus } from '../../contracts/notifications/channels.ts';
import { type Clock, hours, seconds } from '../../kernel/clock.ts';
import type { ChannelFigures, Figures } from './admin-ports.ts';
import { type Channels, waysOf } from './channels.ts';
import type { Channel } from './store-ports.ts';

/** Counting reads up to 100,000 rows of each kind: 0.5 s. */
const freshMs = seconds(10);
const atMost = 100_000;

interface MeasuringParts {
  readonly figures: Figures;
  readonly channels: Pick<Channels, 'push' | 'mail'>;
  readonly clock: Clock;
}

/** Counts what became of notifications in 24 hours, once for all who ask within ten seconds. */
export class Measuring {
  readonly #parts: MeasuringParts;
  #last: { readonly until: number; readonly measured: Promise<ShownChannels> } | null = null;

  constructor(parts: MeasuringParts) {
    this.#parts = parts;
  }

  channels(): Promise<ShownChannels> {
    const now = this.#parts.clock.monotonic();
    if (this.#last && now < this.#last.until) return this.#last.measured;
    const measured = this.#measure();
    this.#last = { until: now + freshMs, measured };
    measured.catch(() => (this.#last = null));
    return measured;
  }

  /** Somebody changed what was counted. */
  forget(): void {
    this.#last = null;
  }

  async #measure(): Promise<ShownChannels> {
    const { figures, channels, clock } = this.#parts;
    const dayAgo = new Date(clock.now() - hours(24)).toISOString();
    const [deliveries, held, waiting, alarms] = await Promise.all([
      figures.ofDeliveries(dayAgo, atMost),
      figures.held(dayAgo, atMost),
      figures.waiting(atMost),
      figures.refused(dayAgo, atMost),
    ]);
    const since = [dayAgo, deliveries.since ?? '', held.since ?? ''].sort().at(-1) ?? dayAgo;
    return {
      items: waysOf(channels).map(({ channel, off }) => ({
        channel,
        off,
        waiting: waiting.get(channel) ?? 0,
        figures: figuresOf(channel, deliveries.counted, deliveries.medianMs.get(channel) ?? null),
      })),
      heldBy: held.byReason,
      alarms: [...alarms],
      since,
      measuredAt: clock.timestamp(),
    };
  }
}

function figuresOf(channel: Channel, all: readonly ChannelFigures[], medianMs: number | null): ChannelStatus['figures'] {
  const own = all.filter((one) => one.channel === channel);
  const sum = (...states: string[]): number =>
    own.reduce((count, one) => (states.length === 0 || states.includes(one.state) ? count + one.count : count), 0);
  const cancelled = own.filter(({ state }) => state === 'cancelled');
  return {
    made: sum(),
    accepted: sum('accepted', 'shown'),
    shown: sum('shown'),
    retried: own.reduce((count, { retried }) => count + retried, 0),
    gone: sum('gone'),
    refused: sum('refused'),
    dead: sum('dead'),
    cancelledBy: Object.fromEntries(cancelled.map(({ reason, count }) => [reason ?? 'not_recorded', count])),
    medianMs,
  };
}
