/** How much is waited for, and where is read, is said in code alone. */
const overruled = new Set(['w', 'journal', 'wtimeoutms', 'readpreference', 'readconcernlevel']);

/** The address with a database in it, in place of the driver's `test`, and without what must not be weakened. */
export function addressOf(url: string): string {
  const [place = '', query = ''] = url.split('?', 2);
  const options = query.split('&').filter((option) => option !== '' && !overruled.has(option.split('=', 1)[0]?.toLowerCase() ?? ''));
  const [, , hosts = '', name = ''] = place.split('/');
  const whole = name === '' && hosts !== '' ? `${place.replace(/\/$/, '')}/confab` : place;
  return options.length === 0 ? whole : `${whole}?${options.join('&')}`;
}
