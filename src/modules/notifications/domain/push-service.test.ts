import { expect, test } from '@jest/globals';
import { pushServiceOf } from './push-service.ts';

test.each([
  ['https://web.push.apple.com/QGuQyavXutnMH', 'Apple'],
  ['https://fcm.googleapis.com/fcm/send/abc', 'Google'],
  ['https://updates.push.services.mozilla.com/wpush/v2/abc', 'Mozilla'],
  ['https://wns2-par02p.notify.windows.com/w/?token=abc', 'Microsoft'],
  ['https://push.example.org:8443/abc', 'push.example.org'],
  ['https://push.apple.com.example.org/abc', 'push.apple.com.example.org'],
])('%s is an endpoint of %s', (endpoint, service) => {
  expect(pushServiceOf(endpoint)).toBe(service);
});
