import { isIP } from 'node:net';
import { z } from 'zod';

/** Kinds of values as they are written in the environment. Each fault says what was found and what is taken. */

/** One of some words. */
export const choice = <const T extends readonly string[]>(...names: T) =>
  z.enum(names, { error: ({ input }) => notOneOf(String(input), names) });

export const onOrOff = choice('on', 'off').transform((text) => text === 'on');

/** What stands between commas. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** Words between commas, in which each must be one of `names`; `none` is a list that is empty on purpose. */
export const listOrNone = <T extends string>(names: readonly T[]) =>
  z.string().transform((text, { issues }) => {
    const items = text.trim() === 'none' ? [] : list(text);
    for (const item of items) if (!isOneOf(item, names)) issues.push({ code: 'custom', message: notOneOf(item, names), input: '' });
    return items.filter((item) => isOneOf(item, names));
  });

const isOneOf = <T extends string>(text: string, names: readonly T[]): text is T => (names as readonly string[]).includes(text);
const notOneOf = (text: string, names: readonly string[]): string => `${JSON.stringify(text)} is not one of ${names.join(', ')}`;

export const wholeNumber = (least: number, most: number) =>
  z.string().transform((text, { issues }) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      issues.push({
        code: 'custom',
        message: `${JSON.stringify(text)} is not a whole number from ${String(least)} to ${String(most)}`,
        input: '',
      });
    return number;
  });

/** Scheme, host and port of a page; a slash at the end is taken off. */
export const origin = z
  .url({ protocol: /^https?$/, error: 'must be a whole address, as https://chat.example.org' })
  .transform((url) => ({ url: url.replace(/\/+$/, ''), origin: new URL(url).origin }))
  .refine(({ url }) => !/[/?#@]/.test(url.slice(url.indexOf('//') + 2)), 'must be scheme, host and port only, as https://chat.example.org')
  .transform(({ origin }) => origin);

/** What a server listens on: an address of this machine, or a name of it. Brackets around IPv6 are taken off. */
export const listenAddress = z
  .string()
  .transform((text) => text.replace(/^\[(.*)\]$/, '$1'))
  .refine(
    (text) => isIP(text.replace(/%\w+$/, '')) > 0 || (/^[\w.-]+$/.test(text) && !/^[\d.]+$/.test(text)),
    'must be an address or a name of this machine without a port, as 0.0.0.0, 127.0.0.1 or ::1; the port is PORT',
  );
