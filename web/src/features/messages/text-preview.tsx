import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { Attachment } from '../../shared/model.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import { beginningBytes, firstLines } from './text-beginning.ts';

/** The first lines of a text; nothing where they cannot be read. Asks again when the connection comes back. */
export function TextPreview({ file: { id, name } }: { file: Attachment }) {
  const { client, t } = useApp();
  const isOnline = useSelected(client.connection, ({ status }) => status === 'online');
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (text !== null) return;
    let isGone = false;
    const read = async () => {
      const beginning = await client.beginning(id, beginningBytes);
      const lines = firstLines(new Uint8Array(await beginning.arrayBuffer()));
      if (!isGone) setText(lines);
    };
    read().catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [client, id, text, isOnline]);
  return text === null ? null : (
    <pre className="text-preview" dir="auto" tabIndex={0} role="region" aria-label={t('files.firstLines', { name })}>
      {text}
    </pre>
  );
}
