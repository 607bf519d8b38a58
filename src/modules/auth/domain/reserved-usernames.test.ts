import { requireOwnUsername } from './reserved-usernames.ts';

const isFree = (username: string): boolean => {
  try {
    requireOwnUsername(username);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'username_reserved', status: 409 });
    return false;
  }
};

test.each([
  'all',
  'everyone',
  'channel',
  'here',
  'All',
  'a.l.l',
  'a1l',
  '4ll',
  'every-one',
  '3very0ne',
  'h3re',
  'chan_nel',
  'c0nfab',
  'system',
  '5ystem',
  'r00t',
  'support',
  'sup-port',
  'mailer.daemon',
  'no-reply',
])('%s names nobody', (username) => {
  expect(isFree(username)).toBe(false);
});

test.each(['ana', 'allan', 'hall', 'all-hands', 'heremeyer', 'adhere', 'channel5', 'owner', 'admin', 'system.ana', 'ail', 'rooter'])(
  '%s may be somebody',
  (username) => {
    expect(isFree(username)).toBe(true);
  },
);
