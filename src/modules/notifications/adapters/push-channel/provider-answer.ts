import { type OutboundAnswer, OutboundFault } from '../../../../infra/outbound/outbound-client.ts';
import { days, seconds } from '../../../../kernel/clock.ts';
import { errorText } from '../../../../kernel/errors.ts';
import type { Answer } from '../../ports.ts';

const longestDetail = 300;
const longestWaitMs = days(1);

/** What a provider wants to wait: seconds or a date (RFC 9110 §10.2.3), at most a day; null where it says nothing that can be read. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const waitMs = /^\d{1,9}$/.test(header.trim()) ? seconds(Number(header)) : Date.parse(header) - now;
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), longestWaitMs);
}

/** One line of words: of an answer no more is kept, and nothing of the address, which holds a secret. */
export function detailOf(text: string, secrets: readonly string[] = []): string {
  const line = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  const without = secrets.filter((secret) => secret.length > 3).reduce((left, secret) => left.replaceAll(secret, '…'), line);
  return without.length > longestDetail ? `${without.slice(0, longestDetail - 1)}…` : without;
}

/** What a provider does not say: that it has it, or that the target is gone. */
export type Unsent = { readonly outcome: 'refused'; readonly detail: string } | Extract<Answer, { outcome: 'later' }>;

/** Nobody answered: tried again, unless the address may not be asked at all. */
export function answerOfFault(service: string, error: unknown): Unsent {
  const text = errorText(error);
  const detail = detailOf(text.startsWith(service) ? text : `${service}: ${text}`);
  const isRefused = error instanceof OutboundFault && error.kind === 'refused';
  return isRefused ? { outcome: 'refused', detail } : { outcome: 'later', detail, retryAfterMs: null };
}

export const isLater = ({ status }: OutboundAnswer): boolean => status === 429 || status === 408 || status >= 500;
