import { describe, expect, test } from '@jest/globals';
import { pushBrowser } from './push-browser.ts';

const agents = {
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1',
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15',
  linux: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};

interface Like {
  readonly agent?: keyof typeof agents;
  readonly fingers?: number;
  readonly isInstalled?: boolean;
  /** Null: the browser has no pushes. */
  readonly permission?: NotificationPermission | null;
}

const registered: unknown[] = [];

function viewLike({ agent = 'linux', fingers = 0, isInstalled = false, permission = 'default' }: Like) {
  const serviceWorker = {
    register: (...given: unknown[]) => Promise.resolve(registered.push(given)),
    ready: Promise.resolve('worker'),
    getRegistration: () => Promise.resolve(undefined),
  };
  const navigator = { userAgent: agents[agent], maxTouchPoints: fingers };
  const matchMedia = (query: string) => ({ matches: isInstalled && query === '(display-mode: standalone)' });
  if (permission === null) return { navigator, matchMedia };
  const Notification = { permission, requestPermission: () => Promise.resolve('granted') };
  return { navigator: { ...navigator, serviceWorker }, matchMedia, Notification, PushManager: Object };
}

const like = (what: Like) => pushBrowser(viewLike(what) as never);

describe('what a browser says about pushes', () => {
  test.each<[string, Like, string]>([
    ['one that has them', {}, 'possible'],
    ['one where the person forbade them', { permission: 'denied' }, 'denied'],
    ['one without them', { permission: null }, 'unsupported'],
    ['Safari of an iPhone', { agent: 'iphone', fingers: 5, permission: null }, 'install'],
    ['Safari of an iPad, which calls itself a Mac', { agent: 'mac', fingers: 5, permission: null }, 'install'],
    ['an old Safari of a Mac', { agent: 'mac', permission: null }, 'unsupported'],
    ['an app on the Home Screen of an old iPhone', { agent: 'iphone', fingers: 5, isInstalled: true, permission: null }, 'unsupported'],
    ['an app on the Home Screen of an iPhone', { agent: 'iphone', fingers: 5, isInstalled: true }, 'possible'],
  ])('%s', (_name, what, says) => {
    expect(like(what).says()).toBe(says);
  });

  test('is granted where the person allowed them', () => {
    expect([like({}), like({ permission: 'granted' }), like({ permission: null })].map((one) => one.isGranted())).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('what is asked of a browser', () => {
  test('is a question to the person, where it has pushes', async () => {
    expect(await like({}).ask()).toBe('granted');
    expect(await like({ permission: null }).ask()).toBe('denied');
  });

  test('is the service worker of the whole page, never an old one from the cache', async () => {
    expect(await like({}).worker()).toBe('worker');
    expect(registered).toEqual([['/service-worker.js', { scope: '/', updateViaCache: 'none' }]]);
    expect(await like({}).knownWorker()).toBeNull();
    await expect(like({ permission: null }).worker()).rejects.toThrow('no service workers');
    expect(await like({ permission: null }).knownWorker()).toBeNull();
  });
});
