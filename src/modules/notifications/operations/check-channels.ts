import type { Output } from '../../../contracts/define.ts';
import type { checkChannels } from '../../../contracts/notifications/channels.ts';
import { waysOf } from '../channels.ts';
import type { NotificationsParts } from '../parts.ts';

/** All at once: each ends within its own deadline. */
export async function handleCheckChannels({ channels }: Pick<NotificationsParts, 'channels'>): Promise<Output<typeof checkChannels>> {
  const items = waysOf(channels).map(async ({ channel, off, check }) => ({ channel, checks: off === null ? [...(await check())] : [] }));
  return { items: await Promise.all(items) };
}
