/** The fields of a keyboard event that a binding is compared with. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Whether a key press is this binding; `Mod` is Ctrl, and Cmd on Apple machines. */
export function matches(binding: string, press: KeyPress): boolean {
  const { key, mod, alt, shift } = parsed(binding);
  if (mod !== (press.ctrlKey || press.metaKey) || alt !== press.altKey) return false;
  // A sign such as `?` needs Shift on some layouts and not on others; letters and key names differ by it.
  const isSign = key.length === 1 && !isLetter(key);
  if (!isSign && shift !== press.shiftKey) return false;
  return press.key.toUpperCase() === key.toUpperCase() || (press.code === placeOf(key) && lacks(press));
}

/** The binding as it is printed beside a label. */
export function written(binding: string, apple: boolean): string {
  const { key, mod, alt, shift } = parsed(binding);
  const parts = [mod && (apple ? '⌘' : 'Ctrl'), alt && (apple ? '⌥' : 'Alt'), shift && (apple ? '⇧' : 'Shift'), names[key] ?? key];
  return parts.filter(Boolean).join(apple ? '' : '+');
}

/** Bindings of a bare letter work outside text fields only, since letters are text there. Escape and F6 are never text. */
export const isBare = (binding: string): boolean => {
  const { mod, alt, key } = parsed(binding);
  return !mod && !alt && key !== 'Escape' && !/^F\d+$/.test(key);
};

const names: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Delete: 'Del' };

const isLetter = (key: string): boolean => /^[a-z]$/i.test(key);

/** The key that carries this letter or sign on the layout which bindings are written for. */
const placeOf = (key: string): string | undefined => (isLetter(key) ? `Key${key.toUpperCase()}` : signPlaces[key]);
const signPlaces: Readonly<Record<string, string>> = {
  ',': 'Comma',
  '/': 'Slash',
  '.': 'Period',
  ';': 'Semicolon',
  '[': 'BracketLeft',
  ']': 'BracketRight',
};

/**
 * Whether the layout has no Latin letters, as the Russian one: its keys count by their place. Where a layout has the letter elsewhere (Dvorak,
 * AZERTY), the letter alone counts. Layouts of other scripts leave a full stop or a slash on some keys; Option makes signs of letters on Apple machines.
 */
const lacks = ({ key, code, altKey }: KeyPress): boolean =>
  /^(?![a-z])\p{L}$/iu.test(key) || (code === 'Slash' && key === '.') || (altKey && !isLetter(key));

function parsed(binding: string): { key: string; mod: boolean; alt: boolean; shift: boolean } {
  // The plus sign may itself be the key: `Mod++`.
  const parts = binding.replace(/\+$/, 'Plus').split('+');
  const last = parts[parts.length - 1] ?? '';
  const key = last === 'Plus' ? '+' : last;
  return { key, mod: parts.includes('Mod'), alt: parts.includes('Alt'), shift: parts.includes('Shift') };
}
