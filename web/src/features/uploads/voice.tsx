import { lazy, Suspense, useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { IconButton } from '../../shared/ui/button.tsx';
import { uploadParts } from './late.tsx';
import type { Recording } from './recording.ts';

const RecordingBar = lazy(async () => ({ default: (await uploadParts()).RecordingBar }));

/** Records a voice message. It can be listened to among the attached files before it is sent. */
export function VoiceButton({ conversationId }: { conversationId: string }) {
  const app = useApp();
  const { t, ui } = app;
  const [recording, setRecording] = useState<Recording | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  // Whoever goes elsewhere is not recorded any more.
  useEffect(() => () => recording?.cancel(), [recording]);
  if (!mayRecord()) return null;
  const begin = async () => {
    setIsAsking(true);
    try {
      setRecording(await (await uploadParts()).beginRecording(app));
    } catch (error) {
      ui.showToast(failureText(t, error), 'error');
    } finally {
      setIsAsking(false);
    }
  };
  if (recording)
    return (
      <Suspense>
        <RecordingBar recording={recording} conversationId={conversationId} onEnd={() => setRecording(null)} />
      </Suspense>
    );
  return <IconButton icon="mic" label={t('voice.record')} className="composer-voice" disabled={isAsking} onClick={() => void begin()} />;
}

/** A browser gives the microphone to a page by https alone, or on the machine itself. */
const mayRecord = (): boolean => 'MediaRecorder' in globalThis && 'mediaDevices' in navigator;
