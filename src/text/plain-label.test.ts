import { isPlainLabel } from './plain-label.ts';

test.each([
  ['почта', 'рф'],
  ['почта', 'example'],
  ['ора', 'рф'],
  ['fußball', 'de'],
  ['łódź', 'pl'],
  ['çiğdem', 'tr'],
  ['việtnam', 'vn'],
  ['例子', '公司'],
  ['ラーメン', 'jp'],
  ['佐々木', 'jp'],
  ['ascii漢字', 'jp'],
  ['한국', '한국'],
  ['ελλάδα', 'gr'],
  ['παράδειγμα', 'ελ'],
  ['مثال', 'إختبار'],
  ['दिल्ली', 'भारत'],
  ['почта-1', 'рф'],
])('%s under %s is shown as it is', (label, top) => {
  expect(isPlainLabel(label, top)).toBe(true);
});

test.each([
  ['аpple', 'com', 'a Cyrillic а among Latin letters'],
  ['рaypal', 'com', 'a Cyrillic р among Latin letters'],
  ['аррӏе', 'com', 'Cyrillic letters that all look like Latin ones'],
  ['οκ', 'com', 'Greek letters that all look like Latin ones'],
  ['gοogle', 'com', 'a Greek ο among Latin letters'],
  ['facebooĸ', 'com', 'a letter that no alphabet of today has'],
  ['twıtter', 'com', 'an i without its dot'],
  ['ɡoogle', 'com', 'a letter of phonetics'],
  ['ʼphone', 'com', 'an apostrophe that is a letter'],
  ['☃', 'com', 'a picture'],
  ['кто漢', 'com', 'two scripts that no language writes together'],
  ['почта٣', 'рф', 'digits of another script'],
])('%s under %s stays in A-labels: %s', (label, top) => {
  expect(isPlainLabel(label, top)).toBe(false);
});
