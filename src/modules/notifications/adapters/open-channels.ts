import type { Clock } from '../../../kernel/clock.ts';
import type { Database } from '../../../kernel/database.ts';
import type { Finding } from '../../../kernel/health.ts';
import { SecretBox } from '../../../kernel/secret-box.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import type { NotificationsConfig } from '../config.ts';
import { mailWriter } from '../domain/mails/writer.ts';
import { SmtpMailer } from './mailer/smtp.ts';
import { openPushChannels } from './push-channel/open.ts';
import { vapidSubject } from './push-channel/vapid.ts';
import { subjectFinding } from './push-channel/web-push.ts';
import { PostgresPushKeys } from './push-keys/postgres.ts';

interface Parts {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Config = NotificationsConfig & { readonly publicUrl: string };

/** The ways to people outside of the page, as the configuration names them. */
export function openChannels({ database, clock, logger }: Parts, { secret, ...config }: Config & { readonly secret: string }) {
  const keys = new PostgresPushKeys({ database, box: new SecretBox(secret, 'push keys at rest'), clock, logger });
  const subject = subjectOf(config);
  if (subject.forApple !== null && !subject.isLocal) logger.warn(subject.forApple, { event: 'notifications.no_pushes_to_apple' });
  const { push, close } = pushOf(config, { subject, clock, pair: () => keys.pair() });
  const mailer = new SmtpMailer({ server: config.smtp ?? null, from: config.mailFrom ?? null });
  return {
    channels: { push, keys, mail: { mailer, writer: mailWriter(config.publicUrl) } },
    close: async (): Promise<void> => {
      close();
      await mailer.stop();
    },
  };
}

/** What can be tried of them without a database, for the doctor. */
export async function tryChannels(config: Config, clock: Clock): Promise<readonly Finding[]> {
  const subject = subjectOf(config);
  const unread = (): Promise<never> => Promise.reject(new Error('the push keys lie in the database'));
  const { push, close } = pushOf(config, { subject, clock, pair: unread });
  const mailer = new SmtpMailer({ server: config.smtp ?? null, from: config.mailFrom ?? null });
  const tried = [...push.filter(({ kind }) => kind === 'fcm'), mailer];
  try {
    return [subjectFinding(subject), ...(await Promise.all(tried.map((channel) => channel.check()))).flat()];
  } finally {
    close();
    await mailer.stop();
  }
}

const subjectOf = ({ mailFrom, publicUrl }: Config) => vapidSubject({ mailFrom: mailFrom?.address ?? null, publicUrl });

const pushOf = (
  { fcm, pushAllowPrivate, publicUrl }: Config,
  parts: Pick<Parameters<typeof openPushChannels>[0], 'subject' | 'clock' | 'pair'>,
) => openPushChannels({ ...parts, fcm: fcm ?? null, allowPrivate: pushAllowPrivate, publicUrl });
