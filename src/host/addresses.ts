import { isIP } from 'node:net';
import { z } from 'zod';
import { addressReader } from '../gateway/address.ts';

/** Addresses as they stand in the environment, each held against what reads it later: a fault is found before anything starts. */

const encoded = 'in a password write # as %23, / as %2F and % as %25';

/** `scheme://user:password@host:port/name`. A password with a sign of its own ends the address where nobody expects it. */
function addressOf(schemes: readonly string[], example: string): z.ZodType<string, string> {
  return z.string().check(({ value, issues }) => {
    const fault = faultOf(value, schemes, example);
    if (fault !== null) issues.push({ code: 'custom', message: fault, input: '' });
  });
}

function faultOf(value: string, schemes: readonly string[], example: string): string | null {
  const [, scheme, rest] = /^([a-z+]+):\/\/(\S+)$/.exec(value) ?? [];
  if (scheme === undefined || rest === undefined || !schemes.includes(scheme)) return `must be ${example}`;
  if (rest.includes('#')) return `cannot be read: ${encoded}`;
  // A host may be missing (a unix socket's) or be several with commas: a URL needs one to be read.
  const [, user = '', hosts = ''] = /^(?:([^/]*)@)?([^/?]*)/.exec(rest) ?? [];
  // Nothing of the address is repeated: what is taken for its host may be half of a password.
  if (!isEncoded(user)) return `cannot be read: ${encoded}`;
  return hosts.split(',').every(isHost) ? null : `has no host and port that can be read; ${encoded}`;
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isHost(text: string): boolean {
  if (text === '') return true;
  const [, port] = /:(\d*)$/.exec(text) ?? [];
  return URL.canParse(`http://${text}`) && (port === undefined || Number(port) <= 65_535);
}

export const databaseAddress = addressOf(['postgres', 'postgresql'], 'postgresql://user:password@host:port/database');
export const mongoAddress = addressOf(['mongodb', 'mongodb+srv'], 'mongodb://host:port/database');
export const redisAddress = addressOf(['redis', 'rediss'], 'redis://host:6379');
export const amqpAddress = addressOf(['amqp', 'amqps'], 'amqp://user:password@host/team');

/** What the server listens on: an address of this machine, or a name of it. Brackets around IPv6 are taken off. */
export const listenAddress = z
  .string()
  .transform((text) => text.replace(/^\[(.*)\]$/, '$1'))
  .refine(
    (text) => isIP(text.replace(/%\w+$/, '')) > 0 || (/^[\w.-]+$/.test(text) && !/^[\d.]+$/.test(text)),
    'must be an address or a name of this machine without a port, as 0.0.0.0, 127.0.0.1 or ::1; the port is PORT',
  );

/** What stands between commas. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** Commas between addresses, networks (10.0.0.0/8) and the names of ranges. */
export const trustedProxies = z.string().transform((text, { issues }) => {
  const items = list(text);
  for (const item of items) {
    try {
      addressReader([item]);
    } catch {
      const message = `"${item}" is neither an address, a network as 10.0.0.0/8, nor loopback, linklocal or uniquelocal`;
      issues.push({ code: 'custom', message, input: '' });
    }
  }
  return items;
});
