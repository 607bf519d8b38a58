import type { Output } from '../../../contracts/define.ts';
import type { getChannels } from '../../../contracts/notifications/channels.ts';
import type { NotificationsParts } from '../parts.ts';

export const handleGetChannels = ({ measuring }: Pick<NotificationsParts, 'measuring'>): Promise<Output<typeof getChannels>> =>
  measuring.channels();
