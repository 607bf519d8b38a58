import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { previewOf } from '../../../../src/text/plain.ts';

/** Reads new messages of the open conversation aloud; history that is scrolled into the page stays silent. */
export function Announcer({ openId }: { openId: string | null }) {
  const { client, t } = useApp();
  const [said, setSaid] = useState('');
  useEffect(() => {
    setSaid('');
    return client.on('message', (message) => {
      if (message.conversationId !== openId) return;
      const name = client.people.get().get(message.senderId)?.displayName ?? '';
      setSaid(t('message.announced', { name, text: previewOf(message.text, 200) }));
    });
  }, [client, t, openId]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  );
}
