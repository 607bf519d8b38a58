import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import './empty.css';

/** What stands in a place with nothing in it yet, and what to do about that. */
export function Empty({
  icon,
  title,
  text,
  children,
}: {
  icon?: IconName;
  title: string;
  text?: string | undefined;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      {icon ? (
        <span className="empty-icon">
          <Icon name={icon} size={28} />
        </span>
      ) : null}
      <p className="empty-title">{title}</p>
      {text ? <p className="muted">{text}</p> : null}
      {children ? <div className="empty-actions">{children}</div> : null}
    </div>
  );
}

/** A message about a whole form or page. */
export function Notice({ look, children }: { look: 'error' | 'success' | 'plain'; children: ReactNode }) {
  return (
    <p className={`notice notice-${look}`} role={look === 'error' ? 'alert' : 'status'}>
      {children}
    </p>
  );
}
