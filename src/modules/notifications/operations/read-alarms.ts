import type { Output } from '../../../contracts/define.ts';
import type { readAlarms } from '../../../contracts/notifications/channels.ts';
import { hours } from '../../../kernel/clock.ts';
import type { NotificationsParts } from '../parts.ts';

const looksAt = 10_000;

export async function handleReadAlarms({
  figures,
  clock,
}: Pick<NotificationsParts, 'figures' | 'clock'>): Promise<Output<typeof readAlarms>> {
  return { items: [...(await figures.refused(new Date(clock.now() - hours(24)).toISOString(), looksAt))] };
}
