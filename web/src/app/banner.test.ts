import { bannerOf, type Known } from './banner.ts';

const calm: Known = { connection: { status: 'online', retryAt: null }, isStalled: false, pause: null, waiting: 0 };

test.each<[string, Partial<Known>, string | null]>([
  ['nothing while all is well', {}, null],
  ['nothing while messages are merely on their way', { waiting: 3 }, null],
  ['that there is no connection', { connection: { status: 'offline', retryAt: 5 } }, 'connection.offline'],
  ['that a limit keeps the connection off', { connection: { status: 'offline', retryAt: 5, code: 'rate_limited' } }, 'connection.limited'],
  ['that the server is busy', { connection: { status: 'offline', retryAt: 5, code: 'unavailable' } }, 'connection.busy'],
  ['that it connects', { connection: { status: 'connecting', retryAt: null } }, 'connection.connecting'],
  ['that the server is silent', { isStalled: true, waiting: 1 }, 'connection.stalled'],
  ['why and how long messages wait', { pause: { code: 'rate_limited', until: 9 }, waiting: 180 }, 'sending.limited'],
  ['that nothing can be stored', { pause: { code: 'unavailable', until: 9 }, waiting: 1 }, 'sending.refused'],
  ['that the disk is full', { pause: { code: 'unavailable', until: 9, storage: 'full' }, waiting: 1 }, 'storage.full'],
  ['that the disk takes no writes', { pause: { code: 'unavailable', until: 9, storage: 'read-only' }, waiting: 1 }, 'storage.read-only'],
  [
    'that the disk is full where that keeps the connection off',
    { connection: { status: 'offline', retryAt: 5, code: 'unavailable', storage: 'full' } },
    'storage.full',
  ],
  ['nothing of a pause once nothing waits', { pause: { code: 'rate_limited', until: 9 } }, null],
  [
    'the lost connection before the pause',
    { connection: { status: 'offline', retryAt: 5 }, pause: { code: 'offline', until: 9 }, waiting: 1 },
    'connection.offline',
  ],
])('the banner says %s', (_what, known, said) => {
  const banner = bannerOf({ ...calm, ...known });
  expect(banner && (banner.counts ?? banner.text)).toBe(said);
});
