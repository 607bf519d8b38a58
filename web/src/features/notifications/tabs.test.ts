import { beforeEach, describe, expect, test } from '@jest/globals';
import { tabsOf, watchedTabs, type WatchedTabs } from './tabs.ts';

/** What the tabs of one browser share. */
class BrowserOfTest {
  readonly #channels: EventTarget[] = [];
  #holds = false;
  readonly #waiting: (() => void)[] = [];
  refuses = false;

  opens(): { tabs: WatchedTabs; view: EventTarget; closes: () => void } {
    const view = new EventTarget();
    const own = new EventTarget();
    this.#channels.push(own);
    const postMessage = (data: unknown) => {
      for (const other of this.#channels) if (other !== own) other.dispatchEvent(Object.assign(new Event('message'), { data }));
    };
    const channel = Object.assign(own, { postMessage }) as unknown as BroadcastChannel;
    const request = (_name: string, hold: () => Promise<void>) => {
      if (this.refuses) return Promise.reject(new Error('no locks here'));
      if (this.#holds) this.#waiting.push(() => void hold());
      else void hold();
      this.#holds = true;
      return new Promise<void>(() => {});
    };
    const tabs = watchedTabs(view as Window, { locks: { request } as unknown as LockManager, channel });
    const closes = () => {
      view.dispatchEvent(new Event('pagehide'));
      this.#channels.splice(this.#channels.indexOf(own), 1);
      this.#waiting.shift()?.();
    };
    return { tabs, view, closes };
  }
}

let browser: BrowserOfTest;
beforeEach(() => {
  browser = new BrowserOfTest();
});

const looked = ({ watched }: WatchedTabs) => [...watched.values()].filter((id) => id !== null);

describe('the tabs of a browser', () => {
  test('have one leader, and another where that one closes', () => {
    const [first, second] = [browser.opens(), browser.opens()];
    expect([first.tabs.isLeader(), second.tabs.isLeader()]).toEqual([true, false]);
    first.closes();
    expect(second.tabs.isLeader()).toBe(true);
  });

  test('know what somebody looks at in each of them, until it is hidden or closed', () => {
    const [first, second] = [browser.opens(), browser.opens()];
    first.tabs.look('lunch');
    second.tabs.look('trip');
    expect([looked(first.tabs).sort(), looked(second.tabs).sort()]).toEqual([
      ['lunch', 'trip'],
      ['lunch', 'trip'],
    ]);
    second.tabs.look(null);
    expect(looked(first.tabs)).toEqual(['lunch']);
    first.closes();
    expect(looked(second.tabs)).toEqual([]);
  });

  test('say what they look at to a new leader, which may have missed it while the browser held it still', () => {
    const [first, second, third] = [browser.opens(), browser.opens(), browser.opens()];
    third.tabs.look('trip');
    (second.tabs.watched as Map<string, string | null>).clear();
    first.closes();
    expect(looked(second.tabs)).toEqual(['trip']);
  });

  test('are leaders each where the browser has no locks, or refuses them', async () => {
    browser.refuses = true;
    const { tabs } = browser.opens();
    await Promise.resolve();
    expect(tabs.isLeader()).toBe(true);
    const alone = watchedTabs(new EventTarget() as Window, { locks: null, channel: null });
    alone.look('lunch');
    expect([alone.isLeader(), looked(alone)]).toEqual([true, ['lunch']]);
  });

  test('do without a channel where the browser has none, or refuses one', () => {
    const view = Object.assign(new EventTarget(), { navigator: {} });
    const refused = Object.assign(new EventTarget(), {
      navigator: {},
      BroadcastChannel: function () {
        throw new DOMException('opaque origin', 'SecurityError');
      },
    });
    for (const one of [view, refused]) expect(tabsOf(one as never).isLeader()).toBe(true);
  });
});
