import type { Pushed } from '../../test/harness/push-service.ts';

/** What arrived at devices, held against what was due. */
export interface PushAccount {
  /** (event, device) that were due. */
  readonly due: number;
  readonly arrived: number;
  /** Due, and did not arrive. */
  readonly missing: readonly string[];
  /** Arrived, and was not due. */
  readonly strangers: readonly string[];
  /** (event, device) that came under more than one tag, or under that of another event. */
  readonly mixed: readonly string[];
  /** Pushes beyond the first of an (event, device). */
  readonly repeated: number;
  /** The most that one (event, device) came. */
  readonly most: number;
}

/** `events`: ids of what happened, each of which is due at each of the devices; devices are named by their endpoints. */
export function accountOf(pushed: readonly Pushed[], events: readonly string[], devices: readonly string[]): PushAccount {
  const due = new Set(events.flatMap((event) => devices.map((device) => keyOf(event, device))));
  const came = new Map<string, Set<unknown>>();
  const counts = new Map<string, number>();
  for (const { endpoint, payload } of pushed) {
    const key = keyOf(String(payload['eventId']), endpoint);
    came.set(key, (came.get(key) ?? new Set()).add((payload['notification'] as { tag?: unknown }).tag));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    due: due.size,
    arrived: [...due].filter((key) => came.has(key)).length,
    missing: [...due].filter((key) => !came.has(key)),
    strangers: [...came.keys()].filter((key) => !due.has(key)),
    mixed: [...came].filter(([key, tags]) => tags.size !== 1 || !tags.has(key.split(' ')[0])).map(([key]) => key),
    repeated: pushed.length - came.size,
    most: Math.max(0, ...counts.values()),
  };
}

const keyOf = (event: string, device: string): string => `${event} ${device}`;
