import { searchedText } from './searched-text.ts';

test('a message is found by its text and by the names of its files, each on a line of its own', () => {
  expect(searchedText({ text: 'the plan' })).toBe('the plan');
  expect(searchedText({ text: 'the plan', attachments: [{ name: 'Отчёт.pdf' }, { name: 'b.png' }] })).toBe('the plan\nОтчёт.pdf\nb.png');
});
