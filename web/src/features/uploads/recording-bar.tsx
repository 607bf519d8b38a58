import { useApp } from '../../app/app-context.tsx';
import { clockOf } from '../../shared/format/figures.ts';
import { Icon } from '../../shared/icons.tsx';
import { useStore } from '../../shared/state/use-store.ts';
import { IconButton } from '../../shared/ui/button.tsx';
import { attachFiles } from './attach.ts';
import type { Recording } from './recording.ts';
import './uploads.css';

export interface RecordingBarProps {
  recording: Recording;
  conversationId: string;
  onEnd: () => void;
}

/** Lies over the line of the composer while a voice message is recorded. */
export function RecordingBar({ recording, conversationId, onEnd }: RecordingBarProps) {
  const app = useApp();
  const { t } = app;
  const seconds = useStore(recording.seconds);
  const finish = async () => {
    const file = await recording.finish();
    onEnd();
    await attachFiles(app, conversationId, [file]);
  };
  return (
    <div className="recording" role="group" aria-label={t('voice.recording')}>
      <Icon name="mic" size={18} />
      <span className="recording-time" role="timer">
        {clockOf(seconds)}
      </span>
      <span className="recording-hint ellipsis">{t('voice.recording')}</span>
      <IconButton
        icon="trash"
        label={t('voice.cancel')}
        onClick={() => {
          recording.cancel();
          onEnd();
          app.ui.focusComposer();
        }}
      />
      <IconButton icon="check" label={t('voice.finish')} className="recording-finish" onClick={() => void finish()} />
    </div>
  );
}

/** "1:05" */
