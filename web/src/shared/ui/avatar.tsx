import { useState, type CSSProperties } from 'react';
import { hueOf, initialsOf } from '../format/initials.ts';
import { Icon, type IconName } from '../icons.tsx';
import './avatar.css';

export type PresenceLook = 'online' | 'away' | 'dnd' | 'offline';

export interface AvatarProps {
  /** Decides the colour. */
  id: string;
  name: string;
  size?: 20 | 24 | 28 | 36 | 40 | 56 | 96;
  icon?: IconName | undefined;
  /** Address of the picture; null or absent: the letters, or the icon. */
  src?: string | null | undefined;
  presence?: PresenceLook | undefined;
  /** Spoken with the picture; the name usually stands beside it, so the letters themselves are hidden. */
  presenceLabel?: string | undefined;
}

export function Avatar({ id, name, size = 36, icon, src, presence, presenceLabel }: AvatarProps) {
  const style = { '--hue': hueOf(id), '--size': `${size}px` } as CSSProperties;
  return (
    <span className={icon ? 'avatar avatar-room' : 'avatar'} style={style}>
      <span aria-hidden="true">{icon ? <Icon name={icon} size={Math.round(size * 0.5)} /> : initialsOf(name)}</span>
      {src ? <Picture key={src} src={src} size={size} /> : null}
      {presence ? <PresenceDot presence={presence} label={presenceLabel} /> : null}
    </span>
  );
}

/** Over the letters, in their box: nothing moves when it comes, and they stay where it does not. */
function Picture({ src, size }: { src: string; size: number }) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return null;
  const edge = size > 64 ? 512 : 128;
  return (
    <img className="avatar-picture" src={`${src}?size=${edge}`} alt="" draggable={false} decoding="sync" onError={() => setBroken(true)} />
  );
}

export function PresenceDot({ presence, label }: { presence: PresenceLook; label?: string | undefined }) {
  return (
    <span
      className={`presence presence-${presence}`}
      data-presence={presence}
      {...(label ? { role: 'img', 'aria-label': label, 'data-tip': label } : { 'aria-hidden': true })}
    />
  );
}
