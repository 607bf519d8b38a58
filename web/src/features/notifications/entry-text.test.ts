import { beforeAll, describe, expect, test } from '@jest/globals';
import { noticeText } from '../../../../src/contracts/notifications/notices.ts';
import { loadCatalogue, loadTexts, translator } from '../../shared/i18n/translate.ts';
import type { Notification } from '../../shared/model.ts';
import { desktopTexts, entryText } from './entry-text.ts';

beforeAll(async () => {
  await loadTexts('notifications');
  await loadCatalogue('ru');
});

const t = translator('en');
const notice = { about: 'Firefox · Linux', address: '203.0.113.7' };
const entry = { cause: 'mention', conversationId: 'lunch', title: 'Lunch', text: 'Soup today' } as Notification;

describe('what an entry says', () => {
  test.each([
    ['mention', 'Soup today', 'Soup today'],
    ['invite', '', 'Added you to this conversation'],
    ['security', noticeText({ ...notice, what: 'new_device' }), 'Signed in on a new device: Firefox · Linux, 203.0.113.7'],
    ['security', noticeText({ ...notice, what: 'password_changed' }), 'Your password was changed'],
    ['security', noticeText({ ...notice, what: 'role_changed', about: 'admin' }), 'Your role in the team is now: Admin'],
    ['security', noticeText({ ...notice, what: 'signed_out' }), 'Signed out: Firefox · Linux, 203.0.113.7'],
    ['security', noticeText({ what: 'signed_out', about: '', address: '' }), 'An admin signed you out on all devices'],
    ['security', 'what a later version says', ''],
    ['test', '', 'Notifications work on this device.'],
  ] as const)('is, of %s with “%s”, “%s”', (cause, text, said) => {
    expect(entryText(t, { cause, text })).toBe(said);
  });

  test('is in the language of the reader', () => {
    expect(entryText(translator('ru'), { cause: 'security', text: noticeText({ ...notice, what: 'password_changed' }) })).toBe(
      'Ваш пароль изменён',
    );
  });
});

describe('a notification of the open page', () => {
  const around = { name: 'Ana', isDirect: false, showsText: true };

  test('says who wrote where, and what unless texts are hidden', () => {
    expect(desktopTexts(t, entry, around)).toEqual({ title: 'Lunch', body: 'Ana: Soup today' });
    expect(desktopTexts(t, entry, { ...around, showsText: false })).toEqual({ title: 'Ana · Lunch', body: '' });
    expect(desktopTexts(t, { ...entry, text: '' }, around)).toEqual({ title: 'Lunch', body: 'Ana: Sent a file' });
    expect(desktopTexts(t, entry, { ...around, name: null })).toEqual({ title: 'Lunch', body: 'Soup today' });
  });

  test('names a person once in a direct conversation', () => {
    const direct = { ...entry, title: 'Ana' };
    expect(desktopTexts(t, direct, { ...around, isDirect: true })).toEqual({ title: 'Ana', body: 'Soup today' });
    expect(desktopTexts(t, direct, { ...around, isDirect: true, showsText: false })).toEqual({ title: 'Ana', body: '' });
  });

  test('says what happened where there is no message', () => {
    expect(desktopTexts(t, { ...entry, cause: 'invite', text: '' }, around)).toEqual({ title: 'Lunch', body: 'Ana added you' });
    expect(desktopTexts(t, { ...entry, cause: 'invite', text: '' }, { ...around, name: null }).body).toBe('Invitation');
    expect(
      desktopTexts(t, { ...entry, cause: 'security', title: '', text: noticeText({ ...notice, what: 'password_changed' }) }, around),
    ).toEqual({
      title: 'Security notice',
      body: 'Your password was changed',
    });
  });
});
