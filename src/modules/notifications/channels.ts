import type { Mailer, MailWriter, PushChannel, PushKeys } from './ports.ts';
import type { Channel } from './store-ports.ts';

/** The ways to people outside of the page. */
export interface Channels {
  readonly push: readonly PushChannel[];
  /** Null: no web push. */
  readonly keys: PushKeys | null;
  /** Null: no mail. */
  readonly mail: { readonly mailer: Mailer; readonly writer: MailWriter } | null;
}

/** Those that are on now. */
export const channelsOn = ({ push, mail }: Pick<Channels, 'push' | 'mail'>): ReadonlySet<Channel> =>
  new Set<Channel>([
    ...push.filter(({ off }) => off === null).map(({ kind }) => (kind === 'fcm' ? ('fcm' as const) : ('push' as const))),
    ...(mail?.mailer.off === null ? (['mail'] as const) : []),
  ]);
