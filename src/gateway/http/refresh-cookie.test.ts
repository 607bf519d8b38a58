import type { Request, Response } from 'express';
import { logIn, refresh } from '../../contracts/auth/sessions.ts';
import { isApiClient, RefreshCookie } from './refresh-cookie.ts';

const withCookie = (cookie?: string): Request => ({ headers: cookie === undefined ? {} : { cookie } }) as unknown as Request;

const former = 'confab_refresh=old';

function setBy(cookie: RefreshCookie, act: (cookie: RefreshCookie, response: Response) => void): string[] {
  const set: string[] = [];
  const response = { append: (name: string, value: string) => set.push(`${name}: ${value}`) } as unknown as Response;
  act(cookie, response);
  return set;
}

test('is out of reach of scripts, other sites and other addresses', () => {
  const cookie = new RefreshCookie({ secure: true, lifeSeconds: 60 });
  expect(
    setBy(cookie, (it, response) => {
      it.issue(withCookie(former), response, 'abc');
    }),
  ).toEqual([
    'Set-Cookie: __Secure-confab_refresh=abc; Path=/api/v1/auth; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
    'Set-Cookie: confab_refresh=; Path=/api/v1/auth; Max-Age=0; HttpOnly; SameSite=Strict; Secure',
  ]);
});

test('is secure on https alone, for a browser on plain http would drop it', () => {
  const cookie = new RefreshCookie({ secure: false, lifeSeconds: 60 });
  expect(
    setBy(cookie, (it, response) => {
      it.issue(withCookie(former), response, 'abc');
    })[0],
  ).not.toContain('Secure');
});

test('is cleared at the same path', () => {
  const cookie = new RefreshCookie({ secure: true, lifeSeconds: 60 });
  expect(
    setBy(cookie, (it, response) => {
      it.clear(withCookie(former), response);
    }),
  ).toEqual([
    'Set-Cookie: __Secure-confab_refresh=; Path=/api/v1/auth; Max-Age=0; HttpOnly; SameSite=Strict; Secure',
    'Set-Cookie: confab_refresh=; Path=/api/v1/auth; Max-Age=0; HttpOnly; SameSite=Strict; Secure',
  ]);
});

test.each([
  ['confab_refresh=abc', 'abc'],
  ['a=1; confab_refresh=abc; b=2', 'abc'],
  ['a=1;confab_refresh=abc==', 'abc=='],
  ['confab_refresh=', ''],
  ['not_confab_refresh=abc', undefined],
  ['confab_refreshed=abc', undefined],
  ['', undefined],
  [undefined, undefined],
  [`confab_refresh=${'x'.repeat(9000)}`, undefined],
])('is found in %s', (header, expected) => {
  expect(new RefreshCookie({ secure: false, lifeSeconds: 60 }).read(withCookie(header))).toBe(expected);
});

test.each([
  ['its own name', '__Secure-confab_refresh=abc', 'abc'],
  ['the former name, once more', 'confab_refresh=old', 'old'],
  ['its own name, beside the former', 'confab_refresh=planted; __Secure-confab_refresh=abc', 'abc'],
  ['none of two, one of which another site planted', '__Secure-confab_refresh=planted; __Secure-confab_refresh=abc', undefined],
  ['none of two of the former name', 'confab_refresh=planted; confab_refresh=abc', undefined],
])('is read on https by %s', (_what, header, expected) => {
  expect(new RefreshCookie({ secure: true, lifeSeconds: 60 }).read(withCookie(header))).toBe(expected);
});

describe('the cookie of a device', () => {
  const word = 'w'.repeat(32);
  const { device } = new RefreshCookie({ secure: true, lifeSeconds: 60 });

  test('cannot be planted by another site, and lives long', () => {
    const set = setBy(new RefreshCookie({ secure: true, lifeSeconds: 60 }), (it, response) => {
      it.device.keep(response, word);
    });
    expect(set).toEqual([`Set-Cookie: __Host-confab_device=${word}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict; Secure`]);
  });

  test('is made at a sign-in, and kept as it is from then on', () => {
    expect(device.tokenFor(withCookie(`__Host-confab_device=${word}`), logIn.http!)).toBe(word);
    expect(device.tokenFor(withCookie(`__Host-confab_device=${word}`), refresh.http!)).toBe(word);
    const made = device.tokenFor(withCookie('__Host-confab_device=short'), logIn.http!);
    expect(made).toMatch(/^[\w-]{32}$/);
    expect(device.tokenFor(withCookie(), logIn.http!)).not.toBe(made);
    expect(device.tokenFor(withCookie(), refresh.http!)).toBeUndefined();
  });
});

test.each([
  ['api', true],
  ['API', false],
  ['web', false],
  [undefined, false],
])('a client that says %s is a program: %s', (said, expected) => {
  expect(isApiClient({ get: () => said } as unknown as Request)).toBe(expected);
});
