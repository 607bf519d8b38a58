import { useRef } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { IconButton } from '../../shared/ui/button.tsx';
import { uploadParts } from './late.tsx';

/** Lets a person choose files; phones offer the camera too. */
export function AttachButton({ conversationId }: { conversationId: string }) {
  const app = useApp();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="attach" label={app.t('files.attach')} className="composer-attach" onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={app.t('files.attach')}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          void uploadParts().then(({ attachFiles }) => attachFiles(app, conversationId, files));
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
