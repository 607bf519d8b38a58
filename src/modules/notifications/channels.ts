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

/** Each of them, on or off, as admins see it. */
export function waysOf({ push, mail }: Pick<Channels, 'push' | 'mail'>): readonly Way[] {
  const ofPush = push.map((one): Way => ({ channel: one.kind === 'fcm' ? 'fcm' : 'push', off: one.off, check: () => one.check() }));
  return mail === null ? ofPush : [...ofPush, { channel: 'mail', off: mail.mailer.off, check: () => mail.mailer.check() }];
}

interface Way extends Pick<PushChannel, 'off' | 'check'> {
  readonly channel: Channel;
}
