import { beforeAll, expect, test } from '@jest/globals';
import { loadTexts, translator } from '../../shared/i18n/translate.ts';
import type { Notification } from '../../shared/model.ts';
import { entryText, quotesNobody } from './entry-text.ts';

beforeAll(() => loadTexts('notifications'));
const t = translator('en');

test('an entry says what was written, and an invite that the person was added', () => {
  expect(entryText(t, { cause: 'mention', text: 'Soup today' })).toBe('Soup today');
  expect(entryText(t, { cause: 'invite', text: '' })).toBe('Added you to this conversation');
});

test('only what quotes somebody may be hidden', () => {
  const causes: Notification['cause'][] = ['security', 'invite', 'mention', 'message'];
  expect(causes.map((cause) => quotesNobody({ cause }))).toEqual([true, true, false, false]);
});
