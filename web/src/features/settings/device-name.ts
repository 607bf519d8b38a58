/** A browser's user agent as a person would say it: "Firefox, Windows"; anything else stays as the device called itself. */
export function deviceName(device: string): string {
  if (!device.startsWith('Mozilla/')) return device;
  const browser = browsers.find(([sign]) => device.includes(sign))?.[1];
  const system = systems.find(([sign]) => device.includes(sign))?.[1];
  return [browser, system].filter(Boolean).join(', ') || device;
}

/** In this order: most browsers name the ones they descend from too. */
const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['YaBrowser/', 'Yandex Browser'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;
