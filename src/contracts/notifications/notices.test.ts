import { noticeText, readNotice } from './notices.ts';

test('a notice is read as it was written, whatever a device calls itself', () => {
  for (const about of ['Firefox · Linux', 'a: b (c)', ''])
    for (const address of ['203.0.113.9', ''])
      expect(readNotice(noticeText({ what: 'new_device', about, address }))).toEqual({ what: 'new_device', about, address });
  expect(readNotice(noticeText({ what: 'signed_out', about: 'two\nlines', address: '' }))).toMatchObject({ about: 'two lines' });
});

test('what is no notice of this version is none', () => {
  expect(readNotice('')).toBeNull();
  expect(readNotice('of_later\nparis')).toBeNull();
});
