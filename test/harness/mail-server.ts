import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { selfSigned } from './self-signed.ts';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, before it was parsed. */
  readonly raw: string;
  readonly parsed: ParsedMail;
}

interface Options {
  /** Who may log in; without it nobody needs to. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Offers STARTTLS with a certificate that nobody signed. */
  readonly tls?: boolean;
}

type Stage = 'mail' | 'rcpt' | 'data';

/** A mail server of this machine that keeps what it gets. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  connections = 0;
  readonly #options: Options;
  #server: SMTPServer | null = null;
  #port = 0;
  readonly #refusals = new Map<Stage, { readonly code: number; readonly text: string }>();
  #isSilent = false;

  static async open(options: Options = {}): Promise<MailServer> {
    const server = new MailServer(options);
    await server.start();
    return server;
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  get url(): string {
    const { login } = this.#options;
    const user = login ? `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@` : '';
    return `smtp://${user}127.0.0.1:${String(this.#port)}`;
  }

  /** What the next mail is refused with. */
  refuseNext(stage: Stage, code: number, text: string): void {
    this.#refusals.set(stage, { code, text });
  }

  /** From now on it takes mails and never says so. */
  beSilent(): void {
    this.#isSilent = true;
  }

  async start(): Promise<void> {
    const { login, tls = false } = this.#options;
    const server = new SMTPServer({
      ...(tls ? selfSigned : {}),
      disabledCommands: tls ? [] : ['STARTTLS'],
      authOptional: !login,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      onConnect: (_session, done) => {
        this.connections += 1;
        done();
      },
      onAuth: ({ username, password }, _session, done) => {
        if (username === login?.user && password === login?.password) done(null, { user: username });
        else done(Object.assign(new Error('5.7.8 authentication failed'), { responseCode: 535 }));
      },
      onMailFrom: (_address, _session, done) => {
        done(this.#refusal('mail'));
      },
      onRcptTo: (_address, _session, done) => {
        done(this.#refusal('rcpt'));
      },
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const refusal = this.#refusal('data');
          if (refusal) done(refusal);
          else if (!this.#isSilent)
            void this.#keep(Buffer.concat(parts), envelope).then(() => {
              done(null, 'queued as 1');
            });
        });
      },
    });
    // Whoever is connected when it goes away.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
    for (const connection of server.connections) connection.close();
    await closed;
  }

  async #keep(raw: Buffer, { mailFrom, rcptTo }: SMTPServerSession['envelope']): Promise<void> {
    const parsed = await simpleParser(raw);
    const from = mailFrom === false ? '' : mailFrom.address;
    this.mails.push({ from, to: rcptTo.map(({ address }) => address), raw: raw.toString('utf8'), parsed });
  }

  #refusal(stage: Stage): Error | null {
    const refusal = this.#refusals.get(stage);
    this.#refusals.delete(stage);
    return refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null;
  }
}
