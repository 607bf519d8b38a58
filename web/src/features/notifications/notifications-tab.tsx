import { useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { useStore } from '../../shared/state/use-store.ts';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { BrowserSection } from './browser-section.tsx';
import { KeywordsSection } from './keywords-section.tsx';
import { HowSection, WhatSection } from './preferences-section.tsx';
import { PushDevices } from './push-devices.tsx';
import { QuietHoursSection } from './quiet-hours-section.tsx';
import './notifications.css';

/** What notifies the person, when and where; each choice takes effect at once, on all devices. */
export function NotificationsTab() {
  const { client, t } = useApp();
  const settings = useStore(client.settings);
  const [version, setVersion] = useState(0);
  if (!settings) return <Skeleton label={t('loading')} rows={6} />;
  return (
    <div className="stack notify-tab">
      <BrowserSection onChange={() => setVersion((one) => one + 1)} />
      <PushDevices version={version} />
      <WhatSection settings={settings} />
      <KeywordsSection settings={settings} />
      <QuietHoursSection settings={settings} />
      <HowSection settings={settings} />
    </div>
  );
}
