const latin = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const cyrillic = 'ёйцукенгшщзхъфывапролджэячсмитьбю';

/** The text as the same keys write it under the other layout, English or Russian: who forgot to switch is understood. */
export function underOtherLayout(text: string): string {
  return Array.from(text, (letter) => {
    const lower = letter.toLowerCase();
    const at = latin.indexOf(lower);
    return at >= 0 ? (cyrillic[at] ?? letter) : (latin[cyrillic.indexOf(lower)] ?? letter);
  }).join('');
}
