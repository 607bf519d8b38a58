import { api, type Channels } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { Alarms } from './alarms.tsx';
import { Asked } from './asked.tsx';
import { ChannelCards } from './channel-cards.tsx';
import { byMost, ruleText } from './delivery-words.ts';
import { FailedNotifications } from './failed-notifications.tsx';
import { TraceSearch } from './trace-search.tsx';
import '../notifications/notifications.css';
import './notifications-section.css';

const everyMs = 15_000;

/** The ways to people’s devices, what was given up, and why anybody was notified or not. */
export function NotificationsSection() {
  const { client, t } = useApp();
  return (
    <div className="stack channels-section">
      <Asked ask={() => client.call(api.notifications.getChannels, {})} everyMs={everyMs} waitingRows={5}>
        {(channels) => <Figures channels={channels} />}
      </Asked>
      <section className="stack" aria-labelledby="failed-notifications">
        <h3 id="failed-notifications">{t('failed.title')}</h3>
        <FailedNotifications />
      </section>
      <section className="stack" aria-labelledby="trace-search">
        <h3 id="trace-search">{t('traces.title')}</h3>
        <p className="muted">{t('traces.text')}</p>
        <TraceSearch />
      </section>
    </div>
  );
}

function Figures({ channels }: { channels: Channels }) {
  const { locale, t, times } = useApp();
  const { items, heldBy, alarms, since } = channels;
  const number = new Intl.NumberFormat(locale);
  const held = byMost(heldBy);
  return (
    <>
      <Alarms alarms={alarms} />
      <ChannelCards items={items} />
      <section className="stack" aria-labelledby="held-back">
        <h3 id="held-back">{t('held.title')}</h3>
        <ul className="card admin-list">
          {held.length === 0 ? <li className="list-none muted">{t('held.none')}</li> : null}
          {held.map(([reason, count]) => (
            <li key={reason} className="storage-row">
              <span className="storage-name">{ruleText(t, reason)}</span>
              <span className="muted storage-amount">{number.format(count)}</span>
            </li>
          ))}
        </ul>
        <p className="muted form-note">{t('held.text', { when: times.full(new Date(since)) })}</p>
      </section>
    </>
  );
}
