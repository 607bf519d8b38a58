import { isPrivateUrl } from '../../../kernel/network.ts';

/** A mail server, as SMTP_URL names it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise by STARTTLS. */
  readonly isTls: boolean;
  /** Without STARTTLS nothing is sent. */
  readonly requiresTls: boolean;
  readonly checksCertificate: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
}

const settings = ['requireTLS', 'tls.rejectUnauthorized'] as const;

/** Reads `smtp://` or `smtps://user:password@host:port?requireTLS=…`. A fault says what is wrong, and repeats nothing of the address. */
export function readMailServer(text: string): MailServer | { readonly fault: string } {
  if (!URL.canParse(text)) return { fault: 'cannot be read' };
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(text);
  if (hostname === '') return { fault: 'names no server' };
  if (pathname !== '' && pathname !== '/') return { fault: 'holds a path: in a password write / as %2F, @ as %40 and # as %23' };
  const unknown = [...searchParams.keys()].filter((key) => !settings.some((known) => known === key));
  if (unknown.length > 0) return { fault: `takes ?${settings.join('= and ?')}= alone` };
  const [asked, checks] = settings.map((key) => searchParams.get(key));
  if ([asked, checks].some((value) => value !== null && value !== 'true' && value !== 'false'))
    return { fault: `takes true or false for ?${settings.join('= and ?')}=` };
  const isTls = protocol === 'smtps:';
  const login = username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  // A password goes through the internet under TLS alone, unless the operator says otherwise.
  const isExposed = login !== null && !isPrivateUrl(`http://${hostname}`);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isTls ? 465 : 587) : Number(port),
    isTls,
    requiresTls: asked === null ? isExposed : asked === 'true',
    checksCertificate: checks !== 'false',
    login,
  };
}

/** Whom mails come from. */
export interface Sender {
  /** Empty where MAIL_FROM gives an address alone. */
  readonly name: string;
  readonly address: string;
}

/** One plain address, with nothing around it: mailers read lists, names, comments and groups into more than that. */
export const isMailAddress = (text: string): boolean => plainAddress.test(text) && !/\p{C}/u.test(text);

const plainAddress = /^([^\s@<>"(),:;\\[\]]{1,64})@([^\s@<>"(),:;\\[\]]{1,253})$/;

/** Reads `team@example.org` or `The team <team@example.org>`; null where it is neither. */
export function readSender(text: string): Sender | null {
  const [, name = '', inAngles] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
  const [, local, domain] = plainAddress.exec(inAngles ?? text.trim()) ?? [];
  if (local === undefined || domain === undefined || /\p{C}/u.test(text)) return null;
  const ascii = URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`) : null;
  if (ascii === null || ascii.host !== ascii.hostname || ascii.pathname !== '/' || !/^[\w.-]+$/.test(ascii.hostname)) return null;
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: `${local}@${ascii.hostname}` };
}
