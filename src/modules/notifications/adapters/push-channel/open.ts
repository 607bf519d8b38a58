import { OutboundClient } from '../../../../infra/outbound/outbound-client.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { FcmCredentials } from '../../domain/fcm-credentials.ts';
import type { PushChannel } from '../../ports.ts';
import type { KeyPair } from '../push-keys/postgres.ts';
import { FcmChannel } from './fcm.ts';
import type { VapidSubject } from './vapid.ts';
import { WebPushChannel } from './web-push.ts';

interface Parts {
  pair(): Promise<KeyPair>;
  readonly subject: VapidSubject;
  readonly fcm: FcmCredentials | null;
  /** Browsers may name addresses of private networks: the operator’s word. */
  readonly allowPrivate: boolean;
  readonly publicUrl: string;
  readonly clock: Clock;
}

/** Both channels, and what ends their connections. */
export function openPushChannels({ pair, subject, fcm, allowPrivate, publicUrl, clock }: Parts): {
  readonly push: readonly PushChannel[];
  close(): void;
} {
  const toBrowsers = new OutboundClient({ allowPrivate });
  // Its addresses stand in the credentials.
  const toFirebase = new OutboundClient({ allowPrivate: true });
  return {
    push: [
      new WebPushChannel({ client: toBrowsers, pair, subject, publicUrl, clock }),
      new FcmChannel({ credentials: fcm, client: toFirebase, publicUrl, clock }),
    ],
    close: () => {
      toBrowsers.close();
      toFirebase.close();
    },
  };
}
