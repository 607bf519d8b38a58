/** What was sent, folded away until somebody asks. */
export function Payload({ label, value }: { label: string; value: unknown }) {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value, null, 2);
  if (text === '{}') return null;
  return (
    <details className="payload">
      <summary>{label}</summary>
      <pre className="rich-block" tabIndex={0}>
        {text}
      </pre>
    </details>
  );
}
