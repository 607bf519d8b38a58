import type { Request } from 'express';

const longestHeader = 8192;

/** The values of a cookie of this name: another site of the same domain may have added one of its own. */
export function cookiesOf(request: Request, name: string): string[] {
  const header = request.headers.cookie;
  if (!header || header.length > longestHeader) return [];
  const pairs = header.split(';').map((part) => part.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}
