import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { RouteLink } from '../../app/route-link.tsx';
import { Icon } from '../../shared/icons.tsx';
import { bytesIn, durationIn } from '../../shared/format/figures.ts';
import type { PlainKey, Translate } from '../../shared/i18n/translate.ts';
import type { Overview } from '../../shared/model.ts';
import { Notice } from '../../shared/ui/empty.tsx';
import { Alarms } from './alarms.tsx';
import { Asked } from './asked.tsx';
import { OwnerlessSection } from './ownerless-section.tsx';

const everyMs = 10_000;

/** The server at a glance, read again every few seconds. */
export function OverviewSection() {
  const { client } = useApp();
  return (
    <Asked ask={() => client.call(api.admin.getOverview, {})} everyMs={everyMs} waitingRows={5} above={<OwnerlessSection />}>
      {(overview) => <Figures overview={overview} />}
    </Asked>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { locale, t } = useApp();
  const number = new Intl.NumberFormat(locale);
  // A server of the version before does not send every figure.
  const figure = (known: number | null | undefined, text: (found: number) => string = number.format): string =>
    known === null || known === undefined ? t('overview.unknown') : text(known);
  const figures: readonly (readonly [PlainKey, string])[] = [
    ['overview.online', figure(overview.online)],
    ['overview.activeUsers', figure(overview.activeUsers)],
    ['overview.users', figure(overview.users)],
    ['overview.sessions', figure(overview.sessions)],
    ['overview.conversations', figure(overview.conversations)],
    ['overview.messages', figure(overview.messages)],
    ['overview.deadLetters', number.format(overview.deadLetters)],
    ['overview.failedJobs', figure(overview.failedJobs)],
    ['overview.unindexed', figure(overview.unindexed)],
    ['overview.toReindex', figure(overview.toReindex)],
    ['overview.memory', bytesIn(locale, overview.memoryMb * 1024 * 1024)],
    ['overview.database', bytesIn(locale, overview.databaseBytes)],
    ['overview.diskFree', figure(overview.diskFreeBytes, (bytes) => bytesIn(locale, bytes))],
    ['overview.uptime', durationIn(locale, overview.uptime)],
    ['overview.version', overview.version],
  ];
  return (
    <>
      {overview.diskFull ? <Notice look="error">{t('overview.diskFull')}</Notice> : null}
      <NotificationAlarms overview={overview} />
      <dl className="figures">
        {figures.map(([label, value]) => (
          <div key={label} className="figure">
            <dt>{t(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Checks overview={overview} />
    </>
  );
}

/** A server of the version before sends none. */
function NotificationAlarms({ overview }: { overview: Overview }) {
  const { t } = useApp();
  const { notificationAlarms: alarms } = overview as Partial<Overview>;
  if (!alarms || alarms.length === 0) return null;
  return (
    <div className="stack">
      <Alarms alarms={alarms} />
      <RouteLink to={{ name: 'admin', section: 'notifications' }}>{t('alarm.open')}</RouteLink>
    </div>
  );
}

function Checks({ overview }: { overview: Overview }) {
  const { t, times } = useApp();
  return (
    <section className="card">
      <h3>{t('overview.checks')}</h3>
      <ul>
        {overview.checks.map((check) => (
          <li key={check.name} className="check-row">
            <span className={check.ok ? 'check-ok' : 'check-bad'}>
              <Icon name={check.ok ? 'check' : 'alert'} size={18} />
            </span>
            <strong>{checkName(t, check.name)}</strong>
            <span className="muted">{check.ok ? t('overview.checkOk') : t('overview.checkBad', { detail: check.detail })}</span>
          </li>
        ))}
      </ul>
      <p className="form-note muted">{t('overview.started', { when: times.full(new Date(overview.startedAt)), node: overview.nodeId })}</p>
    </section>
  );
}

const checks = ['database', 'disk', 'files', 'previews', 'proxy'] as const;
/** Called so in every language. */
const products: Readonly<Record<string, string>> = { mongodb: 'MongoDB', redis: 'Redis', rabbitmq: 'RabbitMQ' };

/** What the server calls it, where this page knows no better. */
function checkName(t: Translate, name: string): string {
  const known = checks.find((one) => one === name);
  if (known) return t(`health.${known}`);
  const [kind, module] = name.split(' ', 2);
  return kind === 'module' && module ? t('health.module', { name: module }) : (products[name] ?? name);
}
