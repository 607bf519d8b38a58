import type { Request, Response } from 'express';
import { cookiesOf } from './cookies.ts';
import { DeviceCookie } from './device-cookie.ts';

const plainName = 'confab_refresh';
const cookiePath = '/api/v1/auth';

/** A program, not a browser: it keeps its refresh token itself. */
export const isApiClient = (request: Request): boolean => request.get('X-Client') === 'api';

/** The refresh token of a browser, out of reach of scripts and of other sites. */
export class RefreshCookie {
  readonly device: DeviceCookie;
  readonly #secure: boolean;
  readonly #lifeSeconds: number;
  readonly #name: string;

  constructor({ secure, lifeSeconds }: { secure: boolean; lifeSeconds: number }) {
    this.#secure = secure;
    this.#lifeSeconds = lifeSeconds;
    this.#name = secure ? `__Secure-${plainName}` : plainName;
    this.device = new DeviceCookie({ secure });
  }

  /**
   * Undefined where there is none, or more than one: then another site of the same domain has added its own, and which of
   * them is ours is unknown. On https the name without prefix is read as well, from before there was one.
   */
  read(request: Request): string | undefined {
    const named = cookiesOf(request, this.#name);
    const all = named.length > 0 || !this.#secure ? named : cookiesOf(request, plainName);
    return all.length === 1 ? all[0] : undefined;
  }

  issue(request: Request, response: Response, token: string): void {
    response.append('Set-Cookie', this.#cookie(this.#name, token, this.#lifeSeconds));
    this.#dropFormer(request, response);
  }

  clear(request: Request, response: Response): void {
    response.append('Set-Cookie', this.#cookie(this.#name, '', 0));
    this.#dropFormer(request, response);
  }

  #dropFormer(request: Request, response: Response): void {
    if (this.#secure && cookiesOf(request, plainName).length > 0) response.append('Set-Cookie', this.#cookie(plainName, '', 0));
  }

  #cookie(name: string, value: string, maxAge: number): string {
    return `${name}=${value}; Path=${cookiePath}; Max-Age=${String(maxAge)}; HttpOnly; SameSite=Strict${this.#secure ? '; Secure' : ''}`;
  }
}
