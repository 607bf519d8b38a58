import { proposedUsername } from './proposed-username.ts';

test.each([
  ['Ana López', 'ana.lopez'],
  ['Пётр Щукин', 'petr.shchukin'],
  ['Юлия', 'yuliya'],
  ['Đặng Thị Ánh', 'dang.thi.anh'],
  ['Søren Straße', 'soren.strasse'],
  ['O’Neill', 'oneill'],
  ['Anna-Maria  von Trapp', 'anna.maria.von.trapp'],
  ['山田 太郎', ''],
  ['X', ''],
  ['', ''],
  ['long '.repeat(20), 'long.long.long.long.long.long.lo'],
])('%s is proposed as %s', (name, username) => {
  expect(proposedUsername(name)).toBe(username);
});
