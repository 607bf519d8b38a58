export function Spinner() {
  return <span className="spinner" aria-hidden="true" />;
}

/** Fills its place while something loads; `label` is what a screen reader says meanwhile. */
export function Waiting({ label }: { label: string }) {
  return (
    <div className="spinner-page" role="status">
      <Spinner />
      <span className="visually-hidden">{label}</span>
    </div>
  );
}
