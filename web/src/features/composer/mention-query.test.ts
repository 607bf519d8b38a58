import { completeMention, matchPeople, mentionQueryAt } from './mention-query.ts';

test('a mention is being typed from the sign to the caret', () => {
  expect(mentionQueryAt('hi @An', 6)).toEqual({ start: 3, query: 'an' });
  expect(mentionQueryAt('@', 1)).toEqual({ start: 0, query: '' });
  expect(mentionQueryAt('mail ana@example', 16)).toBeNull();
  expect(mentionQueryAt('@ana done', 9)).toBeNull();
});

test('completing puts the username and one space', () => {
  expect(completeMention('hi @An there', 6, 'ana')).toEqual({ text: 'hi @ana there', caret: 8 });
  expect(completeMention('@', 1, 'ben')).toEqual({ text: '@ben ', caret: 5 });
});

test('people are found by username first, then by any word of their name', () => {
  const people = [
    { username: 'zed', displayName: 'Мария Иванова' },
    { username: 'ivan', displayName: 'Ivan' },
    { username: 'maria', displayName: 'Maria' },
  ];
  expect(matchPeople(people, 'ив', 5).map((person) => person.username)).toEqual(['zed']);
  expect(matchPeople(people, 'i', 5).map((person) => person.username)).toEqual(['ivan']);
  expect(matchPeople(people, '', 2)).toHaveLength(2);
});
