import type { Output } from '../../../contracts/define.ts';
import type { getPushKey } from '../../../contracts/notifications/subscriptions.ts';
import type { NotificationsParts } from '../parts.ts';

export async function handleGetPushKey({ channels }: Pick<NotificationsParts, 'channels'>): Promise<Output<typeof getPushKey>> {
  const isOn = (kind: string): boolean => channels.push.some((channel) => channel.kind === kind && channel.off === null);
  return { publicKey: isOn('webpush') && channels.keys ? await channels.keys.publicKey() : null, fcm: isOn('fcm') };
}
