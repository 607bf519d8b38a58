import { z } from 'zod';

/** Addresses of servers, each held against what reads it later: a fault is found before anything starts. */

const encoded = 'in a password write # as %23, / as %2F and % as %25';

/** `scheme://user:password@host:port/name`. A password with a sign of its own ends the address where nobody expects it. */
export function serverUrl(schemes: readonly string[], example: string): z.ZodType<string, string> {
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
  const [, user = '', hosts = '', path = ''] = /^(?:([^/]*)@)?([^/?]*)([^?]*)/.exec(rest) ?? [];
  // Nothing of the address is repeated: what is taken for its host may be half of a password.
  // An @ in the path is that before the host, behind a password with a slash: `u:12/34@host` would be a server named `u`.
  if (!isEncoded(user) || path.includes('@')) return `cannot be read: ${encoded}`;
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
