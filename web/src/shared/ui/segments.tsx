import { useId } from 'react';
import { Icon, type IconName } from '../icons.tsx';

export interface Segment<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly icon?: IconName;
}

/** One of a few, side by side: radio buttons underneath. */
export function Segments<T extends string>({
  label,
  segments,
  chosen,
  onChoose,
}: {
  label: string;
  segments: readonly Segment<T>[];
  chosen: T;
  onChoose: (id: T) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className="visually-hidden">{label}</legend>
      <div className="segments">
        {segments.map((segment) => (
          <label key={segment.id} className="segment">
            <input type="radio" className="cover-input" name={name} checked={segment.id === chosen} onChange={() => onChoose(segment.id)} />
            <span>
              {segment.icon ? <Icon name={segment.icon} size={16} /> : null}
              {segment.label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
