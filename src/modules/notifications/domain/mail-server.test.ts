import { readMailServer, readSender } from './mail-server.ts';

test.each([
  ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, isTls: false, requiresTls: false, login: null }],
  ['smtps://mail.example.org', { port: 465, isTls: true }],
  ['smtp://mail.example.org:2525/', { port: 2525 }],
  ['smtp://team%40example.org:p%2F%23%40w@mail.example.org', { login: { user: 'team@example.org', password: 'p/#@w' }, requiresTls: true }],
  ['smtp://u:p@localhost:1025', { requiresTls: false }],
  ['smtp://u:p@10.0.0.4', { requiresTls: false }],
  ['smtp://u:p@mail.example.org?requireTLS=false', { requiresTls: false }],
  ['smtp://mail.example.org?requireTLS=true', { requiresTls: true }],
  ['smtp://mail.example.org?tls.rejectUnauthorized=false', { checksCertificate: false }],
  ['smtp://[::1]:25', { host: '::1', port: 25, checksCertificate: true }],
])('%s', (text, expected) => {
  expect(readMailServer(text)).toMatchObject(expected);
});

test.each([
  ['mail.example.org', 'cannot be read'],
  ['smtp://', 'names no server'],
  ['smtp://u:secret/1@mail.example.org', 'cannot be read'],
  ['smtp://mail.example.org/inbox', 'in a password write'],
  ['smtp://mail.example.org?requiretls=true', 'takes ?requireTLS='],
  ['smtp://mail.example.org?proxy=http://x', 'takes ?requireTLS='],
  ['smtp://mail.example.org?requireTLS=yes', 'true or false'],
])('%s is refused without repeating it', (text, words) => {
  const read = readMailServer(text);
  const fault = 'fault' in read ? read.fault : 'none';
  expect(fault).toContain(words);
  expect(fault).not.toContain('secret');
});

test.each([
  ['team@example.org', { name: '', address: 'team@example.org' }],
  ['The team <team@example.org>', { name: 'The team', address: 'team@example.org' }],
  ['"Команда, вся" <team@example.org>', { name: 'Команда, вся', address: 'team@example.org' }],
  ['team@пример.рф', { name: '', address: 'team@xn--e1afmkfd.xn--p1ai' }],
  ['team@localhost', { name: '', address: 'team@localhost' }],
])('%s is a sender', (text, expected) => {
  expect(readSender(text)).toEqual(expected);
});

test.each([
  '',
  'team',
  '@example.org',
  'a@b@c',
  'a b@example.org',
  'team@example.org, other@example.org',
  'x <team@example.org> y',
  'team@',
  'a@b/c',
  'a@b:25',
  'A\nBcc: x@y <a@b.c>',
])('%j is none', (text) => {
  expect(readSender(text)).toBeNull();
});
