import { store, type Readable } from '../state/store.ts';

/** The time by the reader's clock, to the minute. */
export interface Moment {
  readonly now: Date;
  /** The time zone by its name: the system's may change while the page is open. */
  readonly zone: string;
}

const minuteMs = 60_000;
/** Browsers may call a timer a little early. */
const slackMs = 20;

/**
 * One clock for every text that depends on now. It ticks with each minute, and at once when the page is seen again: timers stand still while a
 * machine sleeps. The device's time may jump both ways.
 */
export function minuteClock(view: Window, read = readMoment): Readable<Moment> {
  const moment = store(read());
  let timer = 0;
  const tick = () => {
    view.clearTimeout(timer);
    const next = read();
    const { now, zone } = moment.get();
    if (minuteOf(next.now) !== minuteOf(now) || next.zone !== zone) moment.set(next);
    timer = view.setTimeout(tick, minuteMs - (next.now.getTime() % minuteMs) + slackMs);
  };
  tick();
  view.addEventListener('focus', tick);
  view.addEventListener('pageshow', tick);
  view.document.addEventListener('visibilitychange', tick);
  return moment;
}

const readMoment = (): Moment => ({ now: new Date(), zone: new Intl.DateTimeFormat().resolvedOptions().timeZone });
const minuteOf = (at: Date): number => Math.floor(at.getTime() / minuteMs);
