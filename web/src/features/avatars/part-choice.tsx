import { useId, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { PicturePart } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { middleOf, movedBy, type PictureSize, zoomedTo, zoomOf } from './part.ts';

/** The stage, CSS pixels; the style sheet says the same. */
const stage = 240;
const zoomSteps = 100;

interface PartChoiceProps {
  readonly url: string;
  /** Null until the picture is loaded, and where the browser cannot show it: then its middle is taken. */
  readonly part: PicturePart | null;
  readonly onChoose: (part: PicturePart) => void;
}

/** The square of a picture that is shown: dragged, or moved by the arrow keys, and magnified. */
export function PartChoice({ url, part, onChoose }: PartChoiceProps) {
  const { t } = useApp();
  const [size, setSize] = useState<PictureSize | null>(null);
  const [isHidden, setHidden] = useState(false);
  const zoomId = useId();
  if (isHidden) return <p className="muted">{t('avatar.notShown')}</p>;
  const scale = part ? stage / part.edge : 1;
  const place =
    size && part
      ? { width: size.width * scale, height: size.height * scale, transform: `translate(${-part.x * scale}px, ${-part.y * scale}px)` }
      : { visibility: 'hidden' as const };
  return (
    <div className="part-choice">
      <button type="button" className="part-stage" aria-label={t('avatar.move')} {...useMoves(size, part, onChoose)}>
        <img
          src={url}
          alt=""
          draggable={false}
          style={place}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
            setSize({ width, height });
            onChoose(middleOf({ width, height }));
          }}
          onError={() => setHidden(true)}
        />
      </button>
      <label className="part-zoom" htmlFor={zoomId}>
        <span>{t('avatar.zoom')}</span>
        <input
          id={zoomId}
          type="range"
          min={0}
          max={zoomSteps}
          value={size && part ? Math.round(zoomOf(size, part) * zoomSteps) : 0}
          disabled={!size}
          onChange={({ target }) => {
            if (size && part) onChoose(zoomedTo(size, part, Number(target.value) / zoomSteps));
          }}
        />
      </label>
    </div>
  );
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The picture follows the pointer; an arrow key moves the part by a twentieth of it. */
function useMoves(size: PictureSize | null, part: PicturePart | null, onChoose: (part: PicturePart) => void) {
  const move = (dx: number, dy: number) => {
    if (size && part) onChoose(movedBy(size, part, dx, dy));
  };
  return {
    onPointerDown: (event: PointerEvent) => event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: (event: PointerEvent) => {
      if (!part || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
      const pixels = part.edge / stage;
      move(-event.movementX * pixels, -event.movementY * pixels);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const arrow = arrows[event.key];
      if (!arrow || !part) return;
      event.preventDefault();
      const step = Math.max(1, part.edge / 20);
      move(arrow[0] * step, arrow[1] * step);
    },
  };
}
