import type { Request, Response } from 'express';
import type { HttpBinding } from '../../contracts/define.ts';
import { newSecret } from '../../kernel/ids.ts';
import { cookiesOf } from './cookies.ts';

const lifeSeconds = 400 * 86_400;

/**
 * The token by which accounts recognise a browser. On https its name has the prefix `__Host-`: no other site of the domain
 * can set one. The token alone gives no access.
 */
export class DeviceCookie {
  readonly #secure: boolean;
  readonly #name: string;

  constructor({ secure }: { secure: boolean }) {
    this.#secure = secure;
    this.#name = secure ? '__Host-confab_device' : 'confab_device';
  }

  /** The token of this browser; a new one where a session may begin and it has none. */
  tokenFor(request: Request, binding: HttpBinding): string | undefined {
    const known = cookiesOf(request, this.#name).find((value) => /^[\w-]{22,128}$/.test(value));
    return known ?? (binding.cookieField === undefined ? newSecret(24) : undefined);
  }

  keep(response: Response, word: string): void {
    const attributes = `Path=/; Max-Age=${String(lifeSeconds)}; HttpOnly; SameSite=Strict${this.#secure ? '; Secure' : ''}`;
    response.append('Set-Cookie', `${this.#name}=${word}; ${attributes}`);
  }
}
