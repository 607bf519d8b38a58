import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { clockOf } from '../../shared/format/figures.ts';
import { Button } from '../../shared/ui/button.tsx';
import type { Playable } from './use-playable.ts';

interface WaveformPlayerProps {
  readonly name: string;
  readonly bars: readonly number[];
  /** Seconds. */
  readonly duration: number;
  /** Null until it is loaded. */
  readonly address: string | null;
  readonly isLoading: boolean;
  readonly load: () => Promise<void>;
  readonly player: Playable['player'];
}

/** An arrow goes so far, seconds. */
const step = 5;

/** A sound by how loud it is: a click goes to a place in it, as the arrows do. */
export function WaveformPlayer({ name, bars, duration, address, isLoading, load, player }: WaveformPlayerProps) {
  const { t } = useApp();
  const audio = useRef<HTMLAudioElement>(null);
  const [position, setPosition] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const play = () => (address === null ? load() : audio.current?.play());
  const goTo = (seconds: number) => {
    const place = Math.min(duration, Math.max(0, seconds));
    setPosition(place);
    if (audio.current) audio.current.currentTime = place;
    else void load();
  };
  return (
    <div className="waveform-player">
      <Button
        icon={isPlaying ? 'pause' : 'play'}
        look="quiet"
        busy={isLoading}
        aria-label={isPlaying ? t('files.pauseSound', { name }) : t('files.listen', { name })}
        onClick={() => (isPlaying ? audio.current?.pause() : void play())}
      />
      <Waveform name={name} bars={bars} duration={duration} position={position} goTo={goTo} />
      <span className="muted waveform-time">{clockOf(isPlaying || position > 0 ? position : duration)}</span>
      {address === null ? null : (
        <audio
          ref={audio}
          src={address}
          autoPlay
          onError={player.onError}
          onLoadedMetadata={(event) => {
            if (position > 0) event.currentTarget.currentTime = position;
            player.onLoadedMetadata(event);
          }}
          onTimeUpdate={({ currentTarget }) => setPosition(currentTarget.currentTime)}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onEnded={() => setPosition(0)}
        />
      )}
    </div>
  );
}

interface WaveformProps extends Pick<WaveformPlayerProps, 'name' | 'bars' | 'duration'> {
  /** Seconds. */
  readonly position: number;
  readonly goTo: (seconds: number) => void;
}

function Waveform({ name, bars, duration, position, goTo }: WaveformProps) {
  const { t } = useApp();
  const point = ({ clientX, currentTarget }: MouseEvent<SVGSVGElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    goTo(((clientX - left) / width) * duration);
  };
  const press = (event: KeyboardEvent) => {
    const place = { ArrowRight: position + step, ArrowLeft: position - step, Home: 0, End: duration }[event.key];
    if (place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(place);
  };
  return (
    <svg
      className="waveform"
      viewBox={`0 0 ${String(bars.length * 3)} 32`}
      preserveAspectRatio="none"
      role="slider"
      tabIndex={0}
      aria-label={t('files.position', { name })}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration)}
      aria-valuenow={Math.round(position)}
      aria-valuetext={t('files.positionText', { time: clockOf(position), whole: clockOf(duration) })}
      onClick={point}
      onKeyDown={press}
    >
      {bars.map((height, index) => (
        <rect
          key={index}
          className={index < (position / duration) * bars.length ? 'waveform-played' : undefined}
          x={index * 3}
          y={16 - height * 16}
          width={2}
          height={height * 32}
        />
      ))}
    </svg>
  );
}
