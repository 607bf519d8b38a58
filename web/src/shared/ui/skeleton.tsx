import './skeleton.css';

/** Grey rows in the shape of what is being read; `label` is what a screen reader says meanwhile. */
export function Skeleton({ label, rows, look = 'list' }: { label: string; rows: number; look?: 'list' | 'messages' }) {
  return (
    <div className={`skeleton skeleton-${look}`} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="skeleton-row" aria-hidden="true">
          <span className="skeleton-dot" />
          <span className="skeleton-lines">
            <span className="skeleton-line" />
            <span className="skeleton-line" />
          </span>
        </div>
      ))}
    </div>
  );
}
