import { errorText } from '../../../../kernel/errors.ts';
import type { Answer } from '../../ports.ts';

/** What nodemailer says of a failure. */
interface SmtpFault {
  /** Its own code, or the system's. */
  readonly code?: string;
  /** The command that the server answered. */
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

const longestDetail = 300;

/** Codes of TLS that no second try changes. */
const isOfCertificate = (text: string): boolean => /certificate|self.signed|CERT_|ERR_TLS|altnames/i.test(text);

/**
 * 4xx and whatever is of the connection: again later. 5xx to the recipient: the address is gone where the server says that nobody has it (5.1.x, or 550,
 * 551, 553 without a finer code). Every other 5xx, the login and the certificate are ours to repair.
 */
export function answerOfFault(error: unknown, secrets: readonly string[] = []): Answer {
  const { command = '', responseCode = 0 } = error as SmtpFault;
  const detail = detailOf(error, secrets);
  if (responseCode >= 500 && command === 'RCPT TO' && isUnknown(error as SmtpFault)) return { outcome: 'gone', detail };
  return isOurs(error) ? { outcome: 'refused', detail } : { outcome: 'later', detail, retryAfterMs: null };
}

function isOurs(error: unknown): boolean {
  const { code = '', responseCode = 0 } = error as SmtpFault;
  if (responseCode >= 400) return responseCode >= 500;
  return ['EAUTH', 'ENOAUTH', 'ETLS', 'EENVELOPE', 'EMESSAGE', 'ECONFIG'].includes(code) || isOfCertificate(errorText(error));
}

function isUnknown({ responseCode = 0, response = '' }: SmtpFault): boolean {
  const [, finer] = /^\d{3}[ -](\d\.\d+\.\d+)/.exec(response) ?? [];
  return finer === undefined ? [550, 551, 553].includes(responseCode) : finer.startsWith('5.1.');
}

const remedies: Readonly<Record<string, string>> = {
  EAUTH: 'the login was refused: see user and password in SMTP_URL',
  ENOAUTH: 'the server wants a login: name user and password in SMTP_URL',
  ETLS: 'TLS failed: smtp:// or smtps:// in SMTP_URL, or requireTLS where the server offers none',
  EDNS: 'the name of the server is not known here: see SMTP_URL',
  ECONNREFUSED: 'nobody listens there: see host and port in SMTP_URL',
  ENOTFOUND: 'the name of the server is not known here: see SMTP_URL',
};

export function detailOf(error: unknown, secrets: readonly string[] = []): string {
  const { code = '', response } = error as SmtpFault;
  // nodemailer puts a code of its own in front of that of the system.
  const [cause = code] = /\b(ECONNREFUSED|ENOTFOUND)\b/.exec(errorText(error)) ?? [];
  const remedy = isOfCertificate(errorText(error)) ? 'its certificate is not trusted: see SMTP_URL' : remedies[cause];
  const words = [remedy, response ?? errorText(error)].filter((text) => text !== undefined && text !== '').join(': ');
  const line = words.replace(/[\s\p{C}]+/gu, ' ').trim();
  const without = secrets.filter((secret) => secret.length > 3).reduce((left, secret) => left.replaceAll(secret, '…'), line);
  return `the mail server: ${without}`.slice(0, longestDetail);
}
