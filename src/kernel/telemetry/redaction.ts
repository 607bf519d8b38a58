const secretName = /password|token|secret|authorization|cookie|^code$|^key$/i;
const depthAtMost = 6;
const struckOut = '[struck out]';

/** A copy in which fields named like secrets are struck out at any depth. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= depthAtMost) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redacted(item, depth + 1));
  if (value instanceof Error) return value.stack ?? value.message;
  if ('toJSON' in value && typeof value.toJSON === 'function') return redacted((value.toJSON as () => unknown)(), depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, secretName.test(key) ? struckOut : redacted(field, depth + 1)]),
  );
}
