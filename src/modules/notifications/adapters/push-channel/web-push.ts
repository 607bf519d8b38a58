import type { OutboundAnswer, OutboundClient } from '../../../../infra/outbound/outbound-client.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import { errorText } from '../../../../kernel/errors.ts';
import type { Finding } from '../../../../kernel/health.ts';
import { pushServiceOf } from '../../domain/push-service.ts';
import type { Answer, Note, PushChannel, PushTarget } from '../../ports.ts';
import type { KeyPair } from '../push-keys/postgres.ts';
import { sealedFor } from './encryption.ts';
import { payloadOf } from './payload.ts';
import { answerOfFault, detailOf, isLater, retryAfterMs } from './provider-answer.ts';
import { Vapid, type VapidSubject } from './vapid.ts';

interface Parts {
  /** Endpoints are named by browsers: it must ask addresses of the internet alone. */
  readonly client: OutboundClient;
  pair(): Promise<KeyPair>;
  readonly subject: VapidSubject;
  readonly publicUrl: string;
  readonly clock: Clock;
}

type Browser = Extract<PushTarget, { kind: 'webpush' }>;

/** Web Push (RFC 8030, 8291, 8292) to the push service that a browser names. Needs no vendor and no account. */
export class WebPushChannel implements PushChannel {
  readonly kind = 'webpush';
  readonly off = null;
  readonly #parts: Parts;
  readonly #vapid: Vapid;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#vapid = new Vapid({ subject: parts.subject.subject, clock: parts.clock, pair: () => parts.pair() });
  }

  async send(target: PushTarget, note: Note): Promise<Answer> {
    if (target.kind !== 'webpush') return { outcome: 'gone', detail: `a target of ${target.kind} is none of a browser` };
    if (!URL.canParse(target.endpoint)) return { outcome: 'gone', detail: 'the address of the browser cannot be read' };
    const service = pushServiceOf(target.endpoint);
    const { forApple } = this.#parts.subject;
    if (service === 'Apple' && forApple !== null) return { outcome: 'refused', detail: forApple };
    const body = sealedOrNull(target, payloadOf(note, this.#parts.publicUrl));
    if (body === null) return { outcome: 'gone', detail: 'the keys of the browser cannot be used' };
    try {
      const answer = await this.#parts.client.send({
        url: target.endpoint,
        method: 'POST',
        headers: { ...headersOf(note), Authorization: await this.#vapid.authorization(target.endpoint) },
        body,
      });
      return answerOf(answer, { service, target, ttlSeconds: note.ttlSeconds, now: this.#parts.clock.now() });
    } catch (error) {
      return answerOfFault(service, error);
    }
  }

  async check(): Promise<readonly Finding[]> {
    const subject = subjectFinding(this.#parts.subject);
    try {
      await this.#parts.pair();
      return [{ ok: true, what: 'the push keys of the team are there' }, subject];
    } catch (error) {
      return [{ ok: false, what: `the push keys of the team cannot be read: ${errorText(error)}` }, subject];
    }
  }
}

export const subjectFinding = ({ subject, forApple, isLocal }: VapidSubject): Finding =>
  forApple === null ? { ok: true, what: `pushes to browsers name ${subject} (VAPID subject)` } : { ok: isLocal, what: forApple };

const headersOf = ({ ttlSeconds, urgency, topic }: Note): Readonly<Record<string, string>> => ({
  'Content-Type': 'application/octet-stream',
  'Content-Encoding': 'aes128gcm',
  TTL: String(ttlSeconds),
  Urgency: urgency,
  Topic: topic,
});

function sealedOrNull(keys: Browser, payload: Buffer): Buffer | null {
  try {
    return sealedFor(keys, payload);
  } catch {
    return null;
  }
}

interface Sent {
  readonly service: string;
  readonly target: Browser;
  readonly ttlSeconds: number;
  readonly now: number;
}

function answerOf(answer: OutboundAnswer, { service, target, ttlSeconds, now }: Sent): Answer {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) {
    const kept = Number(headers['ttl'] ?? ttlSeconds);
    return { outcome: 'accepted', detail: `${service} accepted it (${String(status)}) and keeps it for ${String(kept)} s` };
  }
  const { pathname, search } = new URL(target.endpoint);
  const words = [service, 'answered', String(status) + (answer.text === '' ? '' : ':'), reasonOf(answer.text)];
  const detail = detailOf(words.join(' '), [target.endpoint, `${pathname}${search}`, pathname.split('/').at(-1) ?? '']);
  if (status === 404 || status === 410) return { outcome: 'gone', detail };
  return isLater(answer)
    ? { outcome: 'later', detail, retryAfterMs: retryAfterMs(headers['retry-after'], now) }
    : { outcome: 'refused', detail };
}

/** Apple answers `{ reason }`, Mozilla `{ message }`, others a page or a line. */
function reasonOf(text: string): string {
  try {
    const { reason, message } = JSON.parse(text) as { reason?: unknown; message?: unknown };
    const said = reason ?? message;
    return typeof said === 'string' ? said : text;
  } catch {
    return text;
  }
}
