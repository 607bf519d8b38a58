import { noUnsentSettings } from './unsent-settings.ts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from './client.ts';
import { Device } from './device.ts';
import { Http } from './http.ts';
import { MemoryOutboxStore } from './outbox-store/memory.ts';
import { Session } from './session.ts';
import type { Tabs } from './platform.ts';
import { conversationId, FlakyServer } from './test-server.ts';
import { ManualTimers, settled } from './test-timers.ts';

const [ana, boris] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000c'];
const stranger = '00000000-0000-4000-8000-00000000000d';

/** The tabs of one browser. */
class Browser {
  readonly listeners = new Set<(userId: string | null) => void>();

  tab(): Tabs {
    const own = new Set<(userId: string | null) => void>();
    return {
      publish: (userId) => {
        for (const listener of this.listeners) if (!own.has(listener)) listener(userId);
      },
      watch: (listener) => {
        own.add(listener);
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
  }
}

let timers: ManualTimers;
let server: FlakyServer;
let browser: Browser;

beforeEach(() => {
  timers = new ManualTimers();
  server = new FlakyServer(timers);
  browser = new Browser();
});

function openTab(): Client {
  const exclusively = <T>(_name: string, work: () => Promise<T>): Promise<T> => work();
  const http = new Http({ url: 'http://server', timers, fetch: server.fetch, isProgram: false });
  const session = new Session({ http, timers, exclusively, tokens: null });
  const platform = { isBrowser: true, exclusively, tabs: browser.tab(), watchNetwork: () => () => undefined };
  return new Device({
    url: 'http://server',
    session,
    store: new MemoryOutboxStore(),
    unsentSettings: noUnsentSettings,
    openWire: server.openWire,
    timers,
    platform,
  });
}

async function signIn(tab: Client, userId: string): Promise<void> {
  server.userId = userId;
  await tab.logIn({ login: 'me', password: 'secret' });
  await timers.pass(100);
}

const personOf = (tab: Client): string | null => {
  const state = tab.session.get();
  return state.status === 'signed-in' ? state.user.id : null;
};

describe('a tab whose browser was signed in by another person in another tab', () => {
  it('becomes theirs at once, says so, and keeps nothing of the former person', async () => {
    const [first, second] = [openTab(), openTab()];
    const came: string[] = [];
    first.on('person-changed', ({ from, to }) => came.push(`${from.id} ${to.id}`));
    await signIn(first, ana);
    server.peerSays();
    const handle = first.conversation(conversationId);
    await handle.openLatest();
    await handle.loadMembers();
    first.requirePeople([stranger]);
    await settled();
    const seen: (string | null)[] = [];
    first.session.subscribe(() => seen.push(first.session.get().status));
    await signIn(second, boris);
    expect(seen).toEqual(['unknown', 'signed-in']);
    expect(personOf(first)).toBe(boris);
    expect(came).toEqual([`${ana} ${boris}`]);
    expect(handle.timeline.get()).toMatchObject({ messages: [], loaded: false });
    expect(handle.members.get()).toEqual([]);
    expect(first.people.get().has(stranger)).toBe(false);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('takes no answer that the former person waited for', async () => {
    const [first, second] = [openTab(), openTab()];
    await signIn(first, ana);
    server.peerSays();
    let answer = (): void => undefined;
    server.hold = new Promise((resolve) => {
      answer = resolve;
    });
    const handle = first.conversation(conversationId);
    const asked = Promise.allSettled([handle.openLatest(), handle.loadMembers()]);
    first.requirePeople([stranger]);
    await settled();
    await signIn(second, boris);
    answer();
    await asked;
    await settled();
    expect(personOf(first)).toBe(boris);
    expect(handle.timeline.get()).toMatchObject({ messages: [], loaded: false });
    expect(handle.members.get()).toEqual([]);
    expect(first.people.get().has(stranger)).toBe(false);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('sends nothing of what the former person wrote in the name of the next', async () => {
    const [first, second] = [openTab(), openTab()];
    await signIn(first, ana);
    server.cut();
    first
      .conversation(conversationId)
      .send({ text: 'written by Ana' })
      .acked.catch(() => undefined);
    await signIn(second, boris);
    await timers.pass(60_000);
    expect(server.log.messages).toEqual([]);
    expect(first.outbox.get()).toEqual([]);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('is signed out with the other, and comes in with it again; a form that nobody came in by stays', async () => {
    const [first, second, form] = [openTab(), openTab(), openTab()];
    await signIn(first, ana);
    await signIn(second, ana);
    await second.logOut();
    expect(first.session.get()).toEqual({ status: 'signed-out', reason: 'logged_out' });
    await signIn(second, boris);
    expect(personOf(first)).toBe(boris);
    expect(form.session.get().status).toBe('unknown');
    await Promise.all([first.stop(), second.stop(), form.stop()]);
  });
});
