import type { Request, Response } from 'express';

const cookieName = 'confab_refresh';
const cookiePath = '/api/v1/auth';

/** A program, not a browser: it keeps its refresh token itself. */
export const isApiClient = (request: Request): boolean => request.get('X-Client') === 'api';

export function readRefreshCookie(request: Request): string | undefined {
  const header = request.headers.cookie;
  if (!header || header.length > 8192) return undefined;
  const pair = header.split(';').find((part) => part.trim().startsWith(`${cookieName}=`));
  return pair?.trim().slice(cookieName.length + 1);
}

/** The refresh token of a browser, out of reach of scripts and of other sites. */
export class RefreshCookie {
  readonly #secure: boolean;
  readonly #lifeSeconds: number;

  constructor({ secure, lifeSeconds }: { secure: boolean; lifeSeconds: number }) {
    this.#secure = secure;
    this.#lifeSeconds = lifeSeconds;
  }

  issue(response: Response, token: string): void {
    response.append('Set-Cookie', this.#cookie(token, this.#lifeSeconds));
  }

  clear(response: Response): void {
    response.append('Set-Cookie', this.#cookie('', 0));
  }

  #cookie(value: string, maxAge: number): string {
    return `${cookieName}=${value}; Path=${cookiePath}; Max-Age=${String(maxAge)}; HttpOnly; SameSite=Strict${this.#secure ? '; Secure' : ''}`;
  }
}
