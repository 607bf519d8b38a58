import { HeldReason } from '../../contracts/notifications/traces.ts';

/** The rule that is kept of an event for one person; null where none is, or one of another version. */
export const keptReason = (reasons: readonly string[] = []): HeldReason | null => HeldReason.safeParse(reasons[0]).data ?? null;
