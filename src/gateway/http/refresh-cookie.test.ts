import type { Request, Response } from 'express';
import { isApiClient, readRefreshCookie, RefreshCookie } from './refresh-cookie.ts';

const withCookie = (cookie?: string): Request => ({ headers: cookie === undefined ? {} : { cookie } }) as unknown as Request;

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
      it.issue(response, 'abc');
    }),
  ).toEqual(['Set-Cookie: confab_refresh=abc; Path=/api/v1/auth; Max-Age=60; HttpOnly; SameSite=Strict; Secure']);
});

test('is secure on https alone, for a browser on plain http would drop it', () => {
  const cookie = new RefreshCookie({ secure: false, lifeSeconds: 60 });
  expect(
    setBy(cookie, (it, response) => {
      it.issue(response, 'abc');
    })[0],
  ).not.toContain('Secure');
});

test('is cleared at the same path', () => {
  const cookie = new RefreshCookie({ secure: true, lifeSeconds: 60 });
  expect(
    setBy(cookie, (it, response) => {
      it.clear(response);
    }),
  ).toEqual(['Set-Cookie: confab_refresh=; Path=/api/v1/auth; Max-Age=0; HttpOnly; SameSite=Strict; Secure']);
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
  expect(readRefreshCookie(withCookie(header))).toBe(expected);
});

test.each([
  ['api', true],
  ['API', false],
  ['web', false],
  [undefined, false],
])('a client that says %s is a program: %s', (said, expected) => {
  expect(isApiClient({ get: () => said } as unknown as Request)).toBe(expected);
});
