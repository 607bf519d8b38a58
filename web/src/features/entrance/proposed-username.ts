const latin: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ї: 'yi',
  є: 'ye',
  ґ: 'g',
  ў: 'u',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
};

/** A username made of a name, as `ana.lopez` of “Ana López”; empty where no letter of it can be written in one. */
export function proposedUsername(name: string): string {
  const letters = Array.from(name.normalize('NFC').toLowerCase(), (sign) => latin[sign] ?? sign).join('');
  const words = letters
    .normalize('NFKD')
    .replace(/[\p{M}'’ʼ]/gu, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const proposal = words.join('.').slice(0, 32).replace(/\.+$/, '');
  return proposal.length < 2 ? '' : proposal;
}
