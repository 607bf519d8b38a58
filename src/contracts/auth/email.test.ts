import { EmailDomain } from './registration.ts';
import { Email } from './accounts.ts';
import { canonicalLogin } from './email.ts';

const read = (typed: string): string | null => {
  const parsed = Email.safeParse(typed);
  return parsed.success ? parsed.data : null;
};

test.each<[string, string]>([
  ['  Ana@Example.ORG ', 'ana@example.org'],
  ['ivan@почта.рф', 'ivan@xn--80a1acny.xn--p1ai'],
  ['ivan@xn--80a1acny.xn--p1ai', 'ivan@xn--80a1acny.xn--p1ai'],
  ['ivan@XN--80A1ACNY.xn--P1AI', 'ivan@xn--80a1acny.xn--p1ai'],
  ['ivan@Почта。рф', 'ivan@xn--80a1acny.xn--p1ai'],
  ['anna@fußball.de', 'anna@xn--fuball-cta.de'],
  ['li@例子.公司', 'li@xn--fsqu00a.xn--55qx5d'],
  ['иван@почта.рф', 'иван@xn--80a1acny.xn--p1ai'],
  ['jose\u0301@example.org', 'josé@example.org'],
  ['r&d@example.org', 'r&d@example.org'],
  ['a.b+tag{x}!#$%*/=?^_`|~@example.org', 'a.b+tag{x}!#$%*/=?^_`|~@example.org'],
  ['root@localhost', 'root@localhost'],
  ['ops@mail.internal', 'ops@mail.internal'],
  ['x@a-b--c.example', 'x@a-b--c.example'],
])('%s is kept as %s', (typed, kept) => {
  expect(read(typed)).toBe(kept);
  expect(read(kept)).toBe(kept);
});

test.each([
  'ana',
  '@example.org',
  'ana@',
  'a b@example.org',
  'ana@exa mple.org',
  'ana@example..org',
  'ana@.org',
  'ana@example.org.',
  'ana@-example.org',
  'ana@example-.org',
  'ana@example.org:25',
  'ana@example.org/x',
  'ana@host@example.org',
  'ana@127.0.0.1',
  'ana@1.2',
  'ana@0x7f.1',
  'ana@[::1]',
  'ana@exa%6dple.org',
  'ana@ex_ample.org',
  'ana\u202e@example.org',
  'ana\u200b@example.org',
  '"a"@example.org',
  '\u0301@example.org',
  `${'a'.repeat(250)}@example.org`,
  `ana@${'a'.repeat(64)}.org`,
  `ana@${'é'.repeat(63)}.org`,
])('%s is no address', (typed) => {
  expect(read(typed)).toBeNull();
});

test('a domain of the settings is kept in the form of the addresses', () => {
  expect(EmailDomain.parse(' Почта.РФ ')).toBe('xn--80a1acny.xn--p1ai');
  expect(EmailDomain.parse('example.org')).toBe('example.org');
  for (const typed of ['', 'a@b.org', 'https://example.org', '10.0.0.1', '*.example.org'])
    expect(EmailDomain.safeParse(typed).success).toBe(false);
});

test('what somebody signs in with is compared in the stored form', () => {
  expect(canonicalLogin(' Ivan@ПОЧТА.рф ')).toBe('ivan@xn--80a1acny.xn--p1ai');
  expect(canonicalLogin('ivan＠почта．рф')).toBe('ivan@xn--80a1acny.xn--p1ai');
  expect(canonicalLogin('ＡＮＡ')).toBe('ana');
  expect(canonicalLogin('no address@')).toBe('no address@');
});
