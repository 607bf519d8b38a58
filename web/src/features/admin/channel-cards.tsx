import { useEffect, useState } from 'react';
import { api, type ChannelCheck, type ChannelStatus, type NotificationChannel } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { Icon } from '../../shared/icons.tsx';
import { Badge } from '../../shared/ui/badge.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { ChannelTest } from './channel-test.tsx';
import { byMost, figuresOf, ruleText, waitIn } from './delivery-words.ts';

type Checked = ReadonlyMap<NotificationChannel, readonly ChannelCheck[]>;

/** A card of each channel. The services are asked once, and again by a button: it takes seconds. */
export function ChannelCards({ items }: { items: readonly ChannelStatus[] }) {
  const { client, t } = useApp();
  const [checked, setChecked] = useState<Checked | null>(null);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    const answer = await client.call(api.notifications.checkChannels, {});
    setChecked(new Map(answer.items.map(({ channel, checks }) => [channel, checks])));
  });
  useEffect(() => onSubmit(), []);
  return (
    <>
      <ul className="channel-cards" aria-label={t('channels.label')}>
        {items.map((status) => (
          <li key={status.channel} className="card stack channel-card">
            <Card status={status} checks={checked?.get(status.channel) ?? null} isChecking={busy} />
          </li>
        ))}
      </ul>
      <div className="form-row">
        <Button icon="retry" busy={busy} onClick={() => onSubmit()}>
          {t('channels.checkAgain')}
        </Button>
        {failure ? <span className="field-error">{failureText(t, failure)}</span> : null}
      </div>
    </>
  );
}

function Card({ status, checks, isChecking }: { status: ChannelStatus; checks: readonly ChannelCheck[] | null; isChecking: boolean }) {
  const { t } = useApp();
  const { channel, off } = status;
  return (
    <>
      <div className="channel-head">
        <h3>{t(`channel.${channel}`)}</h3>
        <Badge look={off === null ? 'accent' : 'quiet'}>{t(off === null ? 'channel.on' : 'channel.off')}</Badge>
      </div>
      {off === null ? null : channel === 'push' ? <p lang="en">{off}</p> : <p>{t(`channel.off.${channel}`)}</p>}
      {off === null ? <Checks checks={checks} isChecking={isChecking} /> : null}
      <Counts status={status} />
      {off === null ? <ChannelTest channel={channel} /> : null}
    </>
  );
}

/** The lines of the doctor, in its words. */
function Checks({ checks, isChecking }: { checks: readonly ChannelCheck[] | null; isChecking: boolean }) {
  const { t } = useApp();
  if (checks === null) return isChecking ? <p className="field-hint">{t('channels.checking')}</p> : null;
  return (
    <ul className="channel-checks">
      {checks.map(({ ok, what }) => (
        <li key={what}>
          <span className={ok ? 'check-ok' : 'check-bad'}>
            <Icon name={ok ? 'check' : 'alert'} size={18} />
            <span className="visually-hidden">{t(ok ? 'channels.fine' : 'channels.wrong')}</span>
          </span>
          <span lang="en">{what}</span>
        </li>
      ))}
    </ul>
  );
}

function Counts({ status }: { status: ChannelStatus }) {
  const { locale, t } = useApp();
  const { off, waiting, figures } = status;
  const number = new Intl.NumberFormat(locale);
  if (off !== null && figures.made === 0 && waiting === 0) return null;
  const unsent = byMost(figures.cancelledBy);
  return (
    <>
      <dl className="channel-figures">
        {figuresOf(status).map(([label, count]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd>{number.format(count)}</dd>
          </div>
        ))}
        {figures.medianMs === null ? null : (
          <div>
            <dt>{t('channel.median')}</dt>
            <dd>{waitIn(locale, figures.medianMs)}</dd>
          </div>
        )}
      </dl>
      {unsent.length === 0 ? null : (
        <p className="field-hint">
          {t('channel.unsent')} {unsent.map(([reason, count]) => `${ruleText(t, reason)}: ${number.format(count)}`).join(' · ')}
        </p>
      )}
    </>
  );
}
