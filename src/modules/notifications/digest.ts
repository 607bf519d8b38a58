import { readNotice } from '../../contracts/notifications/notices.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import { mailEveryMs } from './domain/timing.ts';
import { mailReaderOf } from './mail-reader.ts';
import type { Answer, Mail, Mailer, MailReader, MailWriter, MissedConversation } from './ports.ts';
import { underLease } from './leases.ts';
import { type Present, presentOf, reasonAgainst, type SenderParts, settledAs, settledBy } from './sender.ts';
import type { Lease, DueDelivery, Settled } from './store-ports.ts';

const peopleAtOnce = 10;
const shownOfConversation = 10;

interface DigestParts extends SenderParts {
  readonly mailer: Mailer;
  readonly writer: MailWriter;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where browsers reach the team. */
  readonly publicUrl: string;
}

/** Mails: security notices one by one, messages that were missed as one mail of a person. */
export class Digest {
  readonly #parts: DigestParts;

  constructor(parts: DigestParts) {
    this.#parts = parts;
  }

  /** One batch of people. Answers how many deliveries were taken. */
  step(): Promise<number> {
    const { deliveries, clock } = this.#parts;
    return underLease(
      clock,
      (lease) => deliveries.renew('mail', lease),
      (lease) => this.#batch(lease),
    );
  }

  async #batch(lease: Lease): Promise<number> {
    const { deliveries, clock } = this.#parts;
    const { token } = lease;
    const due = await deliveries.leaseMails(peopleAtOnce, { ...lease, notSince: new Date(clock.now() - mailEveryMs).toISOString() });
    if (due.length === 0) return 0;
    const present = await presentOf(this.#parts, due);
    const byPerson = new Map<string, DueDelivery[]>();
    for (const delivery of due) byPerson.set(delivery.userId, [...(byPerson.get(delivery.userId) ?? []), delivery]);
    const done = await Promise.all([...byPerson.values()].map((own) => this.#mail(own, present)));
    const mailedTo = done.flatMap(({ mailed }) => mailed);
    await deliveries.settle(
      done.flatMap(({ settled }) => settled),
      { token, now: clock.timestamp(), mailedTo },
    );
    return due.length;
  }

  async #mail(own: readonly DueDelivery[], present: Present): Promise<{ settled: Settled[]; mailed: string[] }> {
    const now = this.#parts.clock.timestamp();
    const checked = own.map((delivery) => ({ delivery, reason: reasonAgainst(delivery, present) ?? this.#offBy(delivery, present) }));
    const settled = checked.flatMap(({ delivery, reason }) => (reason === null ? [] : [settledAs(delivery, 'cancelled', reason, now)]));
    for (const { reason } of checked) if (reason !== null) this.#parts.cancelled.add({ channel: 'mail', reason });
    const left = checked.flatMap(({ delivery, reason }) => (reason === null ? [delivery] : []));
    const [notices, missed] = [left.filter(isNotice), left.filter((one) => !isNotice(one))];
    for (const notice of notices) settled.push(...(await this.#send([notice], this.#noticeOf(notice, present))));
    if (missed.length === 0) return { settled, mailed: [] };
    const after = await this.#send(missed, this.#missedOf(missed, present));
    settled.push(...after);
    return { settled, mailed: after.some(({ state }) => state === 'accepted') ? [missed[0]?.userId ?? ''] : [] };
  }

  /** The person may have turned mails off since. */
  #offBy(delivery: DueDelivery, { people }: Present): string | null {
    return !isNotice(delivery) && people.get(delivery.userId)?.preferences.mail === 'off' ? 'mail_off' : null;
  }

  async #send(deliveries: readonly DueDelivery[], mail: Mail): Promise<Settled[]> {
    const answer: Answer = await this.#parts.mailer.send(mail);
    this.#parts.answered.add({ channel: 'mail', outcome: answer.outcome });
    if (answer.outcome === 'refused')
      this.#parts.logger.error('the mail server refuses what this server sends', {
        event: 'notifications.refused',
        channel: 'mail',
        detail: answer.detail,
      });
    return deliveries.map((delivery) => settledBy(delivery, answer, this.#parts.clock.now()));
  }

  #readerOf({ userId }: DueDelivery, { people }: Present): MailReader {
    const person = people.get(userId);
    return person ? mailReaderOf(person) : { address: '', displayName: '', language: 'en', timeZone: 'UTC' };
  }

  #noticeOf(delivery: DueDelivery, present: Present): Mail {
    const { entry, eventId } = delivery;
    const notice = readNotice(entry?.text ?? '');
    if (notice?.what === 'stale_device')
      return this.#parts.writer.staleDevice(this.#readerOf(delivery, present), { eventId, device: notice.about });
    if (notice?.what === 'service_refuses')
      return this.#parts.writer.alarm(this.#readerOf(delivery, present), { eventId, what: [`${notice.about}: ${notice.address}`] });
    return this.#parts.writer.security(this.#readerOf(delivery, present), {
      eventId,
      what: notice?.what === 'password_changed' ? notice.what : 'new_device',
      device: notice?.about ?? '',
      address: notice?.address ?? '',
      at: entry?.createdAt ?? '',
    });
  }

  #missedOf(missed: readonly DueDelivery[], present: Present): Mail {
    const [first] = missed as [DueDelivery, ...DueDelivery[]];
    const conversationIds = [...new Set(missed.map(({ entry }) => entry?.conversationId ?? ''))];
    return this.#parts.writer.missed(this.#readerOf(first, present), {
      eventId: missed.at(-1)?.eventId ?? '',
      conversations: conversationIds.map((id) => conversationOf(id, missed, present)),
      unsubscribeUrl: `${this.#parts.publicUrl}/api/v1/notifications/unsubscribe/${this.#parts.receipts.unsubscribing(first.userId)}`,
    });
  }
}

const isNotice = ({ entry }: DueDelivery): boolean => entry?.cause === 'security';

function conversationOf(conversationId: string, missed: readonly DueDelivery[], { conversations, people }: Present): MissedConversation {
  const entries = missed
    .flatMap(({ entry }) => (entry?.conversationId === conversationId ? [entry] : []))
    .sort((one, other) => (one.seq ?? 0) - (other.seq ?? 0));
  const shown = entries.slice(-shownOfConversation);
  const showsText = people.get(missed[0]?.userId ?? '')?.preferences.showsText ?? true;
  return {
    conversationId,
    title: entries.at(-1)?.title ?? '',
    kind: conversations.byId.get(conversationId)?.kind ?? 'group',
    path: `/c/${conversationId}/${String(shown[0]?.seq ?? '')}`,
    messages: shown.map(({ actorId, text, createdAt, cause }) => ({
      senderName: people.get(actorId ?? '')?.displayName ?? '',
      text: showsText ? text : '',
      at: createdAt,
      cause,
    })),
    more: entries.length - shown.length,
  };
}
