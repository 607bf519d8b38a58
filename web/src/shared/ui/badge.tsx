import type { HTMLAttributes, ReactNode } from 'react';

export interface BadgeProps extends HTMLAttributes<HTMLSpanElement> {
  look?: 'accent' | 'quiet' | 'mention';
  /** What a screen reader says instead of the bare figure. */
  label?: string;
  children: ReactNode;
}

export function Badge({ look = 'accent', label, children, ...rest }: BadgeProps) {
  return (
    <span {...rest} className={`badge badge-${look}`}>
      <span aria-hidden={label ? true : undefined}>{children}</span>
      {label ? <span className="visually-hidden">{label}</span> : null}
    </span>
  );
}

/** Figures above 99 take no more room. */
export const capped = (count: number): string => (count > 99 ? '99+' : String(count));
