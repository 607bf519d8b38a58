import type { NotificationAlarm } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { Notice } from '../../shared/ui/empty.tsx';

/** What services refuse for a reason that is ours to repair. */
export function Alarms({ alarms }: { alarms: readonly NotificationAlarm[] }) {
  const { t, times } = useApp();
  return alarms.map(({ channel, detail, count, at }) => (
    <Notice key={`${channel} ${detail}`} look="error">
      {t('alarm.refused', { channel: t(`channel.${channel}`), when: times.full(new Date(at)), count })} <q lang="en">{detail}</q>
    </Notice>
  ));
}
