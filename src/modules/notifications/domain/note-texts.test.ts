import { type NoteFacts, noteTexts } from './note-texts.ts';

const facts: NoteFacts = {
  cause: 'message',
  title: 'Lunch',
  text: 'Soup today',
  actorName: 'Ana',
  isDirect: false,
  showsText: true,
  language: 'en',
};

test('a group is named first, a direct conversation by who wrote', () => {
  expect(noteTexts(facts)).toEqual({ title: 'Lunch', body: 'Ana: Soup today' });
  expect(noteTexts({ ...facts, isDirect: true })).toEqual({ title: 'Ana', body: 'Soup today' });
});

test('whoever hides texts reads who wrote and where', () => {
  expect(noteTexts({ ...facts, showsText: false })).toEqual({ title: 'Ana · Lunch', body: '' });
  expect(noteTexts({ ...facts, isDirect: true, showsText: false })).toEqual({ title: 'Ana', body: '' });
});

test('notices are in the language of the person', () => {
  expect(noteTexts({ ...facts, cause: 'security', text: 'new_device: Firefox on Linux', language: 'ru' }).body).toBe(
    'Вход с нового устройства: Firefox on Linux',
  );
  expect(noteTexts({ ...facts, cause: 'security', text: 'password_changed: ' }).body).toBe('Your password was changed');
  expect(noteTexts({ ...facts, cause: 'invite' })).toEqual({ title: 'Lunch', body: 'Ana added you' });
});
