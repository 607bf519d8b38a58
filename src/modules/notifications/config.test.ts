import { faultsOf } from '../../../test/harness/config-faults.ts';
import { readConfig } from '../../host/config.ts';

test.each([
  ['SMTP_URL', 'mail.example.org'],
  ['SMTP_URL', 'http://mail.example.org'],
  ['SMTP_URL', 'smtp://u:s3cret#1@mail.example.org'],
  ['SMTP_URL', 'smtp://mail.example.org?secure=true'],
  ['MAIL_FROM', 'the team'],
  ['FCM_CREDENTIALS', '{"type":"service_account","private_key":"s3cret"}'],
  ['CONFAB_PUSH_ALLOW_PRIVATE', 'yes'],
])('%s=%s is a fault that names the variable and repeats no secret', (name, value) => {
  const faults = faultsOf({ MAIL_FROM: 'team@example.org', [name]: value });
  expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  expect(faults.join()).not.toContain('s3cret');
});

test('a mail server without a sender is a fault that names both', () => {
  expect(faultsOf({ SMTP_URL: 'smtp://mail.example.org' })).toEqual([expect.stringContaining('MAIL_FROM')]);
  expect(faultsOf({ MAIL_FROM: 'team@example.org' })).toEqual([]);
});

test('is read into what the channels take', () => {
  expect(readConfig({ SMTP_URL: 'smtps://u:p%40@mail.example.org', MAIL_FROM: 'The team <team@example.org>' }, false)).toMatchObject({
    smtp: { host: 'mail.example.org', port: 465, isTls: true, login: { user: 'u', password: 'p@' } },
    mailFrom: { name: 'The team', address: 'team@example.org' },
    fcm: undefined,
    pushAllowPrivate: false,
  });
});
