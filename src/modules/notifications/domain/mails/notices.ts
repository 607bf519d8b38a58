import type { Mail, MailReader, MailWriter } from '../../ports.ts';
import type { Block } from './layout.ts';
import { heading, mailOf, type Place } from './mail.ts';
import { mailTexts, timeIn } from './texts.ts';

/** Mails about the account, its devices and the team. */
export const notices = (place: Place) => ({
  security: (reader: MailReader, notice: Parameters<MailWriter['security']>[1]): Mail => securityMail(reader, notice, place),
  staleDevice: (reader: MailReader, { eventId, device }: Parameters<MailWriter['staleDevice']>[1]): Mail => {
    const { stale, staleReason, openHome } = mailTexts[reader.language];
    const [subject, text] = [stale.subject(device), stale.text(device, place.host)];
    const blocks: readonly Block[] = [heading(subject), { kind: 'text', text }, { kind: 'button', text: openHome, url: place.publicUrl }];
    return mailOf(reader, place, { eventId, subject, preview: text, blocks, reason: staleReason });
  },
  test: (reader: MailReader, { eventId }: Parameters<MailWriter['test']>[1]): Mail => {
    const { test, testReason } = mailTexts[reader.language];
    const [subject, text] = [test.subject(place.host), test.text(place.host)];
    return mailOf(reader, place, {
      eventId,
      subject,
      preview: text,
      blocks: [heading(subject), { kind: 'text', text }],
      reason: testReason,
    });
  },
  alarm: (reader: MailReader, { eventId, what }: { readonly eventId: string; readonly what: readonly string[] }): Mail => {
    const { alarm, openHome } = mailTexts[reader.language];
    const subject = alarm.subject(place.host);
    const said = what.map((text): Block => ({ kind: 'text', text }));
    const blocks: readonly Block[] = [heading(subject), ...said, { kind: 'button', text: openHome, url: place.publicUrl }];
    return mailOf(reader, place, { eventId, subject, preview: what[0] ?? '', blocks, reason: alarm.reason });
  },
});

function securityMail(
  reader: MailReader,
  { eventId, what, device, address, at }: Parameters<MailWriter['security']>[1],
  place: Place,
): Mail {
  const texts = mailTexts[reader.language];
  const { subject, text } = what === 'new_device' ? texts.newDevice : texts.passwordChanged;
  const known: readonly (readonly [string, string])[] = [
    [texts.device, device],
    [texts.address, address],
    [texts.time, timeIn(reader, at)],
  ];
  const rows = known.filter(([, value]) => value !== '');
  const blocks: readonly Block[] = [
    { kind: 'heading', text: subject(place.host) },
    { kind: 'text', text: text(reader.displayName) },
    { kind: 'details', rows },
    { kind: 'text', text: texts.notYou },
    { kind: 'button', text: texts.openHome, url: place.publicUrl },
  ];
  return mailOf(reader, place, {
    eventId,
    subject: subject(place.host),
    preview: text(reader.displayName),
    blocks,
    reason: texts.securityReason,
  });
}
