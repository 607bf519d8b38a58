import type { Transporter } from 'nodemailer';
import type { SMTPPoolSentMessageInfo } from 'nodemailer/lib/smtp-pool';
import { seconds } from '../../../../kernel/clock.ts';
import type { Finding } from '../../../../kernel/health.ts';
import { isMailAddress, type MailServer, type Sender } from '../../domain/mail-server.ts';
import type { Answer, Mail, Mailer } from '../../ports.ts';
import { answerOfFault, detailOf } from './smtp-answer.ts';

interface Parts {
  /** Null where nobody named one: the mailer is off. */
  readonly server: MailServer | null;
  /** There where `server` is. */
  readonly from: Sender | null;
  /** Until a mail is taken, ms. */
  readonly deadlineMs?: number;
}

type Pool = Transporter<SMTPPoolSentMessageInfo>;

/** No more wait in the pool: whoever sends waits for an answer, and sends few at once. */
const connections = 2;

/** What each mail says to other machines: nobody wrote it, and nobody waits for an answer (RFC 3834). */
const ofEveryMail = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** Mails by SMTP over a few connections that are used again. The package is read with the first mail. */
export class SmtpMailer implements Mailer {
  readonly off: string | null;
  readonly #parts: Parts;
  #pool: Promise<Pool> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.off = parts.server ? null : 'no mails are sent: set SMTP_URL and MAIL_FROM';
  }

  async send({ to, subject, html, text, messageId, references, headers }: Mail): Promise<Answer> {
    const { server, from, deadlineMs = seconds(25) } = this.#parts;
    if (!server || !from) return { outcome: 'refused', detail: this.off ?? '' };
    if (!isMailAddress(to)) return { outcome: 'gone', detail: 'it is no mail address' };
    try {
      const pool = await this.#open(server);
      const { response } = await pool.sendMail({
        from,
        to: { name: '', address: to },
        envelope: { from: from.address, to: [to] },
        subject,
        html,
        text,
        messageId,
        references: [...references],
        headers: { ...ofEveryMail, ...headers },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.timeout(deadlineMs),
      });
      return { outcome: 'accepted', detail: `the mail server: ${response}`.slice(0, 300) };
    } catch (error) {
      return answerOfFault(error, this.#secrets());
    }
  }

  async check(): Promise<readonly Finding[]> {
    const { server } = this.#parts;
    if (!server) return [{ ok: true, what: this.off ?? '' }];
    const name = `${server.host}:${String(server.port)}`;
    try {
      return [{ ok: true, what: `mails go to ${name} (${(await tried(server)).join(', ')})` }];
    } catch (error) {
      return [{ ok: false, what: `no mails can be sent to ${name}: ${detailOf(error, this.#secrets()).replace('the mail server: ', '')}` }];
    }
  }

  /** Connections that nobody uses are closed; a mail under way goes out. */
  async stop(): Promise<void> {
    const pool = await this.#pool;
    pool?.close();
  }

  #open(server: MailServer): Promise<Pool> {
    this.#pool ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({ ...connectionOf(server), pool: true, maxConnections: connections, maxRequeues: 0, ...loginOf(server) }),
    );
    return this.#pool;
  }

  #secrets(): readonly string[] {
    const password = this.#parts.server?.login?.password;
    return password === undefined ? [] : [password, Buffer.from(password).toString('base64')];
  }
}

const connectionOf = ({ host, port, isTls, requiresTls, checksCertificate }: MailServer) => ({
  host,
  port,
  secure: isTls,
  requireTLS: requiresTls,
  tls: { rejectUnauthorized: checksCertificate },
  dnsTimeout: seconds(4),
  connectionTimeout: seconds(6),
  greetingTimeout: seconds(6),
  socketTimeout: seconds(15),
});

const loginOf = ({ login }: MailServer) => (login ? { auth: { user: login.user, pass: login.password } } : {});

/** Greeting, TLS and login, as a mail would have them; what was found of each. */
async function tried(server: MailServer): Promise<readonly string[]> {
  const { default: SmtpConnection } = await import('nodemailer/lib/smtp-connection');
  const connection = new SmtpConnection({ ...connectionOf(server), ...ofCheck });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.on('error', reject);
      connection.connect((fault) => {
        if (fault) reject(fault);
        else resolve();
      });
    });
    const tls = connection.secure ? 'TLS' : 'without TLS';
    const { login } = server;
    if (!login) return [tls, 'without a login'];
    await new Promise<void>((resolve, reject) => {
      connection.login({ user: login.user, pass: login.password }, (refusal) => {
        if (refusal) reject(refusal);
        else resolve();
      });
    });
    return [tls, `login as ${login.user}`];
  } finally {
    connection.quit();
  }
}

const ofCheck = { dnsTimeout: seconds(3), greetingTimeout: seconds(3), connectionTimeout: seconds(3), socketTimeout: seconds(3) };
