import { pathOf, routeOf, type Route } from './routes.ts';

const at = (address: string): Route => {
  const url = new URL(address, 'http://team.example');
  return routeOf({ pathname: url.pathname, hash: url.hash });
};

test('addresses lead to their screens', () => {
  expect(at('/')).toEqual({ name: 'chat', conversationId: null, seq: null });
  expect(at('/setup#abc')).toEqual({ name: 'setup', token: 'abc' });
  expect(at('/reset#a%2Fb')).toEqual({ name: 'reset', token: 'a/b' });
  expect(at('/invite/K-1')).toEqual({ name: 'invite', code: 'K-1' });
  expect(at('/c/id/42')).toEqual({ name: 'chat', conversationId: 'id', seq: 42 });
  expect(at('/admin/users')).toEqual({ name: 'admin', section: 'users' });
});

test('an address that means nothing shows the chat', () => {
  for (const address of ['/nothing/here', '/invite', '/%E0%A4%A', '/c']) expect(at(address).name).toBe('chat');
  expect(at('/c/id/-1')).toEqual({ name: 'chat', conversationId: 'id', seq: null });
});

test('a route and its address are two forms of one thing', () => {
  for (const address of [
    '/',
    '/sign-in',
    '/sign-up',
    '/setup#t',
    '/reset#t',
    '/invite/code',
    '/c/id',
    '/c/id/7',
    '/admin',
    '/admin/audit',
  ]) {
    expect(pathOf(at(address))).toBe(address);
  }
});
