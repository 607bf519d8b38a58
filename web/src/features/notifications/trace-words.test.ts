import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Trace } from '../../../../client/index.ts';
import { loadCatalogue, loadTexts, translator } from '../../shared/i18n/translate.ts';
import { detailOf, sinceOf, verdictOf } from './trace-words.ts';

beforeAll(async () => {
  await loadTexts('notifications');
  await loadCatalogue('ru');
});

const t = translator('en');
const trace = { notified: true, cause: 'mention', reason: null, byDefault: false, deliveries: [] } as unknown as Trace;

describe('the verdict of a trace', () => {
  test.each<[Partial<Trace>, string]>([
    [{}, 'You were notified. Reason: mention.'],
    [{ reason: 'dnd' }, 'The message is among your notifications. Nothing went to your devices: your status was “Do not disturb”.'],
    [{ notified: false, reason: 'muted' }, 'You muted this conversation.'],
    [
      { notified: false, reason: 'level_mentions', byDefault: true },
      'You are notified only of mentions and replies here, and this was neither. That is your default for conversations of this kind.',
    ],
    [{ notified: false, reason: null }, 'Nothing is recorded about this message: it is too new, or too long ago.'],
  ])('%j: %s', (more, said) => {
    expect(verdictOf(t, { ...trace, ...more })).toBe(said);
  });
});

describe('the detail of a step', () => {
  const of = (step: Parameters<typeof detailOf>[2]['step'], detail: string, locale: 'en' | 'ru' = 'en') =>
    detailOf(translator(locale), locale, { step, detail });

  test('is a cause, a rule or a time in the language of the page', () => {
    expect(of('queued', 'missed_call')).toEqual({ text: 'missed call', isQuoted: false });
    expect(of('queued', 'mention', 'ru')).toEqual({ text: 'упоминание', isQuoted: false });
    expect(of('cancelled', 'read', 'ru')).toEqual({ text: 'вы прочитали его на другом устройстве', isQuoted: false });
    expect(of('accepted', 'Google accepted it (201) and keeps it for 259200 s')).toEqual({
      text: 'kept there for up to 3 days',
      isQuoted: false,
    });
    expect(of('accepted', 'Apple accepted it (201) and keeps it for 3600 s', 'ru').text).toBe('хранится там 1 час');
    expect(of('accepted', 'Apple accepted it (201) and keeps it for 0 s').text).toBe('kept there for up to 0 seconds');
  });

  test('is otherwise what a provider said, in its own words', () => {
    expect(of('refused', 'Apple answered 403: BadJwtToken', 'ru')).toEqual({ text: 'Apple answered 403: BadJwtToken', isQuoted: true });
    expect(of('queued', 'from a later version')).toEqual({ text: 'from a later version', isQuoted: true });
  });
});

test.each([
  ['en', '2026-01-31T12:00:00.850Z', '+0.9 sec'],
  ['ru', '2026-01-31T12:01:15.400Z', '+75 с'],
  ['en', '2026-01-31T11:59:59.000Z', '+0 sec'],
])('in %s, %s is %s after noon', (locale, at, since) => {
  expect(sinceOf(locale, '2026-01-31T12:00:00.000Z', at)).toBe(since);
});
