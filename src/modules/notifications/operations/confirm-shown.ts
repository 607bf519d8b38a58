import type { Input, Output } from '../../../contracts/define.ts';
import type { confirmShown } from '../../../contracts/notifications/subscriptions.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { NotificationsParts } from '../parts.ts';

/** The same again changes nothing: a service worker may send it twice. */
export async function handleConfirmShown(
  { receipts, deliveries, clock }: Pick<NotificationsParts, 'receipts' | 'deliveries' | 'clock'>,
  { receipt }: Input<typeof confirmShown>,
): Promise<Output<typeof confirmShown>> {
  const of = receipts.read(receipt);
  if (of === null || !(await deliveries.shown(of.eventId, of.deviceId, clock.timestamp()))) throw notFound();
  return {};
}
