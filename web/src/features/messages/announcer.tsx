import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { nameOf } from '../people/person-name.ts';
import { messageLine } from '../../shared/message-line.ts';

/** Reads new messages of the open conversation aloud; history that is scrolled into the page stays silent. */
export function Announcer({ openId }: { openId: string | null }) {
  const app = useApp();
  const { client, t } = app;
  const [said, setSaid] = useState('');
  useEffect(() => {
    setSaid('');
    return client.on('message', (message) => {
      if (message.conversationId !== openId) return;
      const name = nameOf(message.senderId, app) ?? '';
      setSaid(t('message.announced', { name, text: messageLine(message, 200, t) }));
    });
  }, [app, client, t, openId]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  );
}
