import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import jwt from 'jsonwebtoken';
import { newSecret } from '../../src/kernel/ids.ts';
import { StandIn } from './stand-in.ts';

/** A message as the app gets it. */
export interface FcmMessage {
  readonly token: string;
  readonly notification?: { readonly title?: string; readonly body?: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly android?: Readonly<Record<string, unknown>>;
  readonly apns?: {
    readonly headers: Readonly<Record<string, string>>;
    readonly payload: { readonly aps: Readonly<Record<string, unknown>> };
  };
  readonly webpush?: Readonly<Record<string, unknown>>;
}

const project = 'confab-test';
const clientEmail = `confab@${project}.iam.gserviceaccount.com`;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Google's token endpoint and Firebase's HTTP v1 at this machine: checks claims and tokens as they do. */
export class Fcm extends StandIn {
  readonly sent: FcmMessage[] = [];
  readonly registered = new Set<string>();
  tokensGiven = 0;
  readonly #tokens = new Set<string>();

  static async open(): Promise<Fcm> {
    const fcm = new Fcm();
    await fcm.start();
    return fcm;
  }

  /** What an operator sets as FCM_CREDENTIALS. */
  get credentials(): string {
    return JSON.stringify({
      type: 'service_account',
      project_id: project,
      client_email: clientEmail,
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      token_uri: `${this.url}/token`,
      messaging_uri: this.url,
    });
  }

  /** An app registers. */
  register(): string {
    const token = newSecret(80);
    this.registered.add(token);
    return token;
  }

  /** Whatever token it gave is no longer taken. */
  revokeTokens(): void {
    this.#tokens.clear();
  }

  protected override take(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    if (request.url === '/token') this.#giveToken(new URLSearchParams(body.toString()), response);
    else if (request.url === `/v1/projects/${project}/messages:send`) this.#send(request, body, response);
    else this.#refuse(response, { status: 404, name: 'NOT_FOUND', message: 'no such project' });
  }

  #giveToken(form: URLSearchParams, response: ServerResponse): void {
    try {
      if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') throw new Error('unsupported_grant_type');
      const how = { algorithms: ['RS256' as const], issuer: clientEmail, audience: `${this.url}/token` };
      const claims = jwt.verify(form.get('assertion') ?? '', publicKey, how) as jwt.JwtPayload;
      if ((claims.exp ?? 0) - (claims.iat ?? 0) > 3600 || !String(claims['scope']).endsWith('/auth/firebase.messaging'))
        throw new Error('invalid_scope');
      const token = newSecret(40);
      this.#tokens.add(token);
      this.tokensGiven += 1;
      response.writeHead(200).end(JSON.stringify({ access_token: token, expires_in: 3599, token_type: 'Bearer' }));
    } catch (error) {
      response.writeHead(400).end(JSON.stringify({ error: 'invalid_grant', error_description: String(error) }));
    }
  }

  #send(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const bearer = (request.headers.authorization ?? '').replace('Bearer ', '');
    if (!this.#tokens.has(bearer)) return this.#refuse(response, { status: 401, name: 'UNAUTHENTICATED', message: 'invalid credentials' });
    const { message, validate_only: isTry } = JSON.parse(body.toString()) as { message: FcmMessage; validate_only?: boolean };
    if (body.byteLength > 4096 || Object.values(message.data ?? {}).some((value) => typeof value !== 'string') || message.token.length < 20)
      return this.#refuse(response, { status: 400, name: 'INVALID_ARGUMENT', message: 'not a valid message' });
    if (!this.registered.has(message.token)) return this.#refuse(response, fcmErrors.unregistered);
    if (isTry !== true) this.sent.push(message);
    response.writeHead(200).end(JSON.stringify({ name: `projects/${project}/messages/1` }));
  }

  #refuse(response: ServerResponse, error: FcmErrorWords): void {
    const { status, body } = fcmError(error);
    response.writeHead(status).end(body);
  }
}

interface FcmErrorWords {
  readonly status: number;
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

/** An error as Firebase words it. */
export const fcmError = ({ status, name, message, code }: FcmErrorWords): { readonly status: number; readonly body: string } => ({
  status,
  body: JSON.stringify({
    error: {
      code: status,
      message,
      status: name,
      ...(code === undefined ? {} : { details: [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: code }] }),
    },
  }),
});

const fcmErrors = {
  unregistered: { status: 404, name: 'NOT_FOUND', message: 'Requested entity was not found.', code: 'UNREGISTERED' },
} as const;
