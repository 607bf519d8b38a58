const services: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)push\.apple\.com$/, 'Apple'],
  [/(^|\.)googleapis\.com$/, 'Google'],
  [/(^|\.)push\.services\.mozilla\.com$/, 'Mozilla'],
  [/(^|\.)notify\.windows\.com$/, 'Microsoft'],
];

/** Whose push service an endpoint is of: by name where people know it, else its host. */
export function pushServiceOf(endpoint: string): string {
  const { hostname } = new URL(endpoint);
  return services.find(([pattern]) => pattern.test(hostname))?.[1] ?? hostname;
}
