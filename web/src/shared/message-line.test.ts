import { expect, test } from '@jest/globals';
import type { Translate } from './i18n/translate.ts';
import { messageLine } from './message-line.ts';

const t = ((key: string) => key) as Translate;

const file = (name: string) => ({ id: 'f', name, size: 1, mimeType: 'text/plain', sha256: '', url: '' });

test('is the text where there is one', () => {
  expect(messageLine({ text: '**see** this', attachments: [file('a.txt')] }, 80, t)).toBe('see this');
});

test('is the names of the files where there is no text, cut between whole signs', () => {
  expect(messageLine({ text: '', attachments: [file('Отчёт & план.pdf'), file('b_c_.txt')] }, 80, t)).toBe('📎 Отчёт & план.pdf, b_c_.txt');
  expect(messageLine({ text: ' ', attachments: [file('👩‍🚀👩‍🚀.txt')] }, 10, t)).toBe('📎 👩‍🚀…');
});

test('says once that files were removed', () => {
  const gone = { ...file(''), removed: 'erased' } as const;
  expect(messageLine({ text: '', attachments: [gone, file('a.txt'), gone] }, 80, t)).toBe('📎 a.txt, message.fileRemoved');
});

test('is empty where there is nothing', () => {
  expect(messageLine({ text: '', attachments: [] }, 80, t)).toBe('');
});
