import { isId } from '../ids.ts';

const secretName =
  /password|passphrase|token|secret|authorization|cookie|credential|api_?key|private_?key|^code$|^key$|(?:invite|reset|recovery|set_?up|one_?time)_?code/i;
const depthAtMost = 6;
const struckOut = '[struck out]';

/** What stands in for the value of a field; null: the value is shown, less what is struck out inside of it. */
type Rule = (name: string, value: unknown) => string | null;

const secrets: Rule = (name) => (secretName.test(name) ? struckOut : null);

/** A copy in which fields named like secrets are struck out at any depth. */
export const redacted = (value: unknown): unknown => copyOf(value, '', { rule: secrets, depth: 0 });

function copyOf(value: unknown, name: string, { rule, depth }: { rule: Rule; depth: number }): unknown {
  const inside = { rule, depth: depth + 1 };
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= depthAtMost) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => rule(name, item) ?? copyOf(item, name, inside));
  if (value instanceof Error) return value.stack ?? value.message;
  if ('toJSON' in value && typeof value.toJSON === 'function') return copyOf((value.toJSON as () => unknown)(), name, inside);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, rule(key, field) ?? copyOf(field, key, inside)]));
}

const time = /^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/;
/** Fields whose texts are words of the program, or what the whole team sees. */
const openName =
  /^(?:kind|role|status|state|reason|visibility|transport|event|type|level|operation|subscriber|queue|username|displayName|teamName|email)$/;

/** Which texts are open is listed, not which are private: a field that nobody thought of hides its text. */
const texts: Rule = (name, value) => {
  const secret = secrets(name, value);
  if (secret !== null || typeof value !== 'string' || value === '') return secret;
  return openName.test(name) || isId(value.toLowerCase()) || time.test(value) ? null : lengthOf(value);
};

const lengthOf = (text: string): string => `[${String(text.length)} characters]`;

/**
 * A copy for those who look after work that waits and must not read what people wrote: of its texts only ids, times and those of a few fields
 * are shown.
 */
export const withoutTexts = (value: unknown): unknown => texts('', value) ?? copyOf(value, '', { rule: texts, depth: 0 });

/** The text of an error without what `withoutTexts` hides of the value that it is about, and without tokens and the passwords of addresses. */
export function errorWithoutTexts(error: string, about: unknown): string {
  const hidden = hiddenIn(about).sort((one, other) => other.length - one.length);
  return hidden
    .reduce((shown, text) => shown.replaceAll(text, lengthOf(text)), error)
    .replace(/(\w+:\/\/)[^\s?]+@/g, `$1${struckOut}@`)
    .replace(/\bey[\w-]{10,}\.[\w-]+\.[\w-]*|\bBearer \S+/g, struckOut);
}

/** Every text that is hidden, also as JSON writes it; one of a few letters would be found in other words. */
function hiddenIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return value.length < 4 || texts(name, value) === null ? [] : [value, JSON.stringify(value).slice(1, -1)];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => hiddenIn(item, name));
  return Object.entries(value).flatMap(([key, field]) => hiddenIn(field, key));
}
