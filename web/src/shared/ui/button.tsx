import type { ButtonHTMLAttributes, Ref } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import { Spinner } from './spinner.tsx';
import './button.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  /** Shows a spinner and ignores clicks; the button keeps its size and focus. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', icon, busy = false, children, className = '', onClick, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={`button button-${look} ${className}`}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <Spinner /> : icon ? <Icon name={icon} size={18} /> : null}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  icon: IconName;
  /** Spoken, and shown as the tooltip. */
  label: string;
  /** Shown beside it in the tooltip. */
  keys?: string | undefined;
  size?: number;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon, label, keys, size = 20, className = '', type = 'button', ...rest }: IconButtonProps) {
  return (
    <button {...rest} type={type} className={`icon-button ${className}`} aria-label={label} data-tip={label} data-keys={keys}>
      <Icon name={icon} size={size} />
    </button>
  );
}
