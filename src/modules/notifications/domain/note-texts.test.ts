import { type NoteContent, noteTexts } from './note-texts.ts';

const content: NoteContent = {
  cause: 'message',
  title: 'Lunch',
  text: 'Soup today',
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
  expect(noteTexts({ ...content, cause: 'security', text: 'new_device: Firefox on Linux', language: 'ru' }).body).toBe(
    'Вход с нового устройства: Firefox on Linux',
  );
  expect(noteTexts({ ...content, cause: 'security', text: 'password_changed: ' }).body).toBe('Your password was changed');
  expect(noteTexts({ ...content, cause: 'invite' })).toEqual({ title: 'Lunch', body: 'Ana added you' });
});
