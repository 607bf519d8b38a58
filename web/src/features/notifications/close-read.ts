import { isAmongRead } from '../../../../client/notification-list.ts';
import type { App } from '../../app/app-context.tsx';

type Screen = Pick<ServiceWorkerRegistration, 'getNotifications'>;

/** What the service worker keeps with each notification. */
interface About {
  readonly eventId: string;
  readonly conversationId: string | null;
  readonly seq: number | null;
}

/**
 * Closes what stands on the screen of this browser and was read on any device: what pushes brought while no page was open too. `screen`: the service
 * worker; null where there is none.
 */
export function closeRead({ client }: Pick<App, 'client'>, screen: () => Promise<Screen | null>): void {
  const close = async (isRead: (about: About) => boolean): Promise<void> => {
    for (const shown of (await (await screen())?.getNotifications()) ?? []) {
      const about = shown.data as About | null;
      if (about && isRead(about)) shown.close();
    }
  };
  const closeMissed = () => {
    if (client.connection.get().status !== 'online') return;
    const marks = new Map(client.conversations.get().map(({ id, lastReadSeq }) => [id, lastReadSeq]));
    close(({ conversationId, seq }) => seq !== null && seq <= (marks.get(conversationId ?? '') ?? 0)).catch(() => undefined);
  };
  client.on('notifications-read', (read) => {
    close((about) => isReadBy(about, read)).catch(() => undefined);
  });
  client.connection.subscribe(closeMissed);
  closeMissed();
}

/** A notification knows the event, not the entry. The event is older than its entry, and ids are in the order of time. */
const isReadBy = (about: About, read: Parameters<typeof isAmongRead>[1]): boolean =>
  read.ids === null && isAmongRead({ ...about, id: about.eventId }, read);
