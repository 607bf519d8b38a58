import { useApp } from '../../app/app-context.tsx';
import { bytesIn } from '../../shared/format/figures.ts';
import type { Attachment } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { usePlayable } from './use-playable.ts';
import { barsIn } from './waveform-bars.ts';
import { WaveformPlayer } from './waveform-player.tsx';
import './files.css';

export const isSound = ({ mimeType }: Attachment): boolean => /^audio\/(?:webm|mp4|x-m4a|mpeg|ogg|opus|wav|flac|aac)\b/.test(mimeType);

/** A voice message or another sound. It is loaded as far as somebody listens. Where the server knows how loud it is, that is seen. */
export function Sound({ file: { id, name, size, waveform, duration } }: { file: Attachment }) {
  const { locale, t, ui } = useApp();
  const { address, isLoading, load, player } = usePlayable(id, () => ui.showToast(t('files.unplayableSound', { name }), 'error'));
  const bars = barsIn(waveform);
  return (
    <div className="file-card sound" role="group" aria-label={name}>
      {bars !== null && duration !== undefined ? (
        <WaveformPlayer name={name} bars={bars} duration={duration} address={address} isLoading={isLoading} load={load} player={player} />
      ) : address === null ? (
        <Button icon="play" look="quiet" busy={isLoading} aria-label={t('files.listen', { name })} onClick={() => void load()} />
      ) : (
        <audio className="sound-player" controls autoPlay src={address} {...player} aria-label={t('files.listen', { name })} />
      )}
      <span className="file-card-name ellipsis">{name}</span>
      <span className="muted">{bytesIn(locale, size)}</span>
    </div>
  );
}
