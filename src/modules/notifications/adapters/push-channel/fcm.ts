import type { OutboundAnswer, OutboundClient } from '../../../../infra/outbound/outbound-client.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Finding } from '../../../../kernel/health.ts';
import type { FcmCredentials } from '../../domain/fcm-credentials.ts';
import type { Answer, Note, PushChannel, PushTarget } from '../../ports.ts';
import { fcmMessageOf } from './fcm-message.ts';
import { FcmToken } from './fcm-token.ts';
import { answerOfFault, detailOf, isLater, retryAfterMs } from './provider-answer.ts';

interface Parts {
  /** Null where nobody gave them: the channel is off. */
  readonly credentials: FcmCredentials | null;
  /** Its addresses come from the credentials, so from the operator. */
  readonly client: OutboundClient;
  readonly publicUrl: string;
  readonly clock: Clock;
}

/** Firebase Cloud Messaging, HTTP v1, to apps that others build. */
export class FcmChannel implements PushChannel {
  readonly kind = 'fcm';
  readonly off: string | null;
  readonly #parts: Parts;
  readonly #on: { readonly credentials: FcmCredentials; readonly token: FcmToken } | null;

  constructor(parts: Parts) {
    const { credentials, client, clock } = parts;
    this.#parts = parts;
    this.#on = credentials && { credentials, token: new FcmToken({ credentials, client, clock }) };
    this.off = credentials ? null : 'apps get no pushes through Firebase: set FCM_CREDENTIALS to the file of a service account';
  }

  async send(target: PushTarget, note: Note): Promise<Answer> {
    if (target.kind !== 'fcm') return { outcome: 'gone', detail: `a target of ${target.kind} is none of an app` };
    const answer = await this.#sent(fcmMessageOf(target, note, this.#parts.publicUrl));
    return 'status' in answer ? answerOf(answer, { token: target.token, now: this.#parts.clock.now() }) : answer;
  }

  async check(): Promise<readonly Finding[]> {
    if (!this.#on) return [{ ok: true, what: this.off ?? '' }];
    const { projectId, clientEmail } = this.#on.credentials;
    // It is taken or refused like any other, and goes to nobody.
    const answer = await this.#sent(Buffer.from(JSON.stringify({ validate_only: true, message: { token: 'check', data: {} } })));
    if ('status' in answer && (answer.status === 200 || errorOf(answer).code === 'INVALID_ARGUMENT'))
      return [{ ok: true, what: `Firebase takes pushes of project ${projectId} from ${clientEmail}` }];
    const detail = 'status' in answer ? answerOf(answer, { token: 'check', now: 0 }).detail : answer.detail;
    return [{ ok: false, what: `Firebase takes no pushes: ${detail}. See FCM_CREDENTIALS` }];
  }

  /** The answer of Firebase, or why none came. A token that is no longer taken is replaced once. */
  async #sent(body: Buffer, isSecondTry = false): Promise<OutboundAnswer | Answer> {
    if (!this.#on) return { outcome: 'refused', detail: this.off ?? '' };
    const { credentials, token } = this.#on;
    const given = await token.get();
    if (!('token' in given)) return given;
    try {
      const answer = await this.#parts.client.send({
        url: `${credentials.messagingUri}/v1/projects/${encodeURIComponent(credentials.projectId)}/messages:send`,
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${given.token}` },
        body,
      });
      if (answer.status !== 401 || isSecondTry || errorOf(answer).code === 'THIRD_PARTY_AUTH_ERROR') return answer;
      token.forget(given.token);
      return await this.#sent(body, true);
    } catch (error) {
      return answerOfFault('Firebase', error);
    }
  }
}

interface FcmError {
  readonly code: string;
  readonly message: string;
}

/** What Firebase calls the error; its own code stands in the details, beside that of HTTP. */
function errorOf({ text, status }: OutboundAnswer): FcmError {
  try {
    const { error } = JSON.parse(text) as {
      error?: { status?: string; message?: string; details?: readonly { errorCode?: string }[] };
    };
    const own = error?.details?.find(({ errorCode }) => errorCode !== undefined)?.errorCode;
    return { code: own ?? error?.status ?? String(status), message: error?.message ?? '' };
  } catch {
    return { code: String(status), message: text };
  }
}

const later = new Set(['QUOTA_EXCEEDED', 'RESOURCE_EXHAUSTED', 'UNAVAILABLE', 'INTERNAL']);

function answerOf(answer: OutboundAnswer, { token, now }: { readonly token: string; readonly now: number }): Answer {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return { outcome: 'accepted', detail: `Firebase accepted it (${String(status)})` };
  const { code, message } = errorOf(answer);
  const detail = detailOf(`Firebase answered ${String(status)} ${code}: ${message}`, [token]);
  if (code === 'UNREGISTERED') return { outcome: 'gone', detail };
  return later.has(code) || isLater(answer)
    ? { outcome: 'later', detail, retryAfterMs: retryAfterMs(headers['retry-after'], now) }
    : { outcome: 'refused', detail };
}
