import type { NoticeKind } from '../../../contracts/notifications/notices.ts';
import { type NoteContent, noteTexts } from './note-texts.ts';

const content: NoteContent = {
  cause: 'message',
  title: 'Lunch',
  text: 'Soup today',
  notice: null,
  actorName: 'Ana',
  isDirect: false,
  showsText: true,
  language: 'en',
};

test('a group is named first, a direct conversation by who wrote', () => {
  expect(noteTexts(content)).toEqual({ title: 'Lunch', body: 'Ana: Soup today' });
  expect(noteTexts({ ...content, isDirect: true })).toEqual({ title: 'Ana', body: 'Soup today' });
});

test('whoever hides texts reads who wrote and where', () => {
  expect(noteTexts({ ...content, showsText: false })).toEqual({ title: 'Ana · Lunch', body: '' });
  expect(noteTexts({ ...content, isDirect: true, showsText: false })).toEqual({ title: 'Ana', body: '' });
});

test('notices are in the language of the person', () => {
  const says = (what: NoticeKind, about: string, language: 'en' | 'ru', address = '') =>
    noteTexts({ ...content, cause: 'security', notice: { what, about, address }, language }).body;
  expect(says('new_device', 'Firefox · Linux', 'ru', '203.0.113.7')).toBe('Вход с нового устройства: Firefox · Linux, 203.0.113.7');
  expect(says('password_changed', 'Firefox', 'en')).toBe('Your password was changed');
  expect([says('role_changed', 'admin', 'en'), says('role_changed', 'guest', 'ru')]).toEqual([
    'Your role in the team is now: admin',
    'Ваша роль в команде теперь: гость',
  ]);
  expect([says('signed_out', 'Safari · iPhone', 'en'), says('signed_out', '', 'ru')]).toEqual([
    'Signed out: Safari · iPhone',
    'Администратор завершил все ваши сеансы',
  ]);
  expect(noteTexts({ ...content, cause: 'security' })).toEqual({ title: 'Security notice', body: '' });
  expect(noteTexts({ ...content, cause: 'invite' })).toEqual({ title: 'Lunch', body: 'Ana added you' });
});
