import { OutboundClient } from '../../../infra/outbound/outbound-client.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Database } from '../../../kernel/database.ts';
import { SecretBox } from '../../../kernel/secret-box.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import type { Channels } from '../channels.ts';
import type { NotificationsConfig } from '../config.ts';
import { FcmChannel } from './push-channel/fcm.ts';
import { vapidSubject } from './push-channel/vapid.ts';
import { WebPushChannel } from './push-channel/web-push.ts';
import { PostgresPushKeys } from './push-keys/postgres.ts';

interface Given {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly secret: string;
  readonly publicUrl: string;
}

/** The providers that the configuration names. */
export function providers(
  { database, clock, logger, secret, publicUrl }: Given,
  { mailFrom, fcm, pushAllowPrivate }: NotificationsConfig,
): Channels {
  const keys = new PostgresPushKeys({ database, clock, logger, box: new SecretBox(secret, 'push keys at rest') });
  const client = new OutboundClient({ allowPrivate: pushAllowPrivate });
  const subject = vapidSubject({ mailFrom: mailFrom?.address ?? null, publicUrl });
  return {
    push: [
      new WebPushChannel({ client, clock, publicUrl, subject, pair: () => keys.pair() }),
      new FcmChannel({ credentials: fcm ?? null, client: new OutboundClient({ allowPrivate: true }), publicUrl, clock }),
    ],
    keys,
    mail: null,
  };
}
