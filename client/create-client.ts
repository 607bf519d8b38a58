import type { Client } from './client.ts';
import { Device } from './device.ts';
import { DeviceToken } from './device-token.ts';
import { Http } from './http.ts';
import { lateWire } from './late-wire.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
import { IndexedDbLocalStore } from './local-store/indexed-db.ts';
import type { ClientOptions, LocalStore, OutboxStore } from './options.ts';
import { IndexedDbOutboxStore } from './outbox-store/indexed-db.ts';
import { MemoryOutboxStore } from './outbox-store/memory.ts';
import { Pulse } from './pulse.ts';
import { Session } from './session.ts';
import { platform } from './platform.ts';
import { noUnsentSettings, unsentSettingsIn } from './unsent-settings.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { OpenWire } from './wire.ts';

/** Replaced in tests. */
export interface Dependencies {
  readonly timers: Timers;
  /** Socket.IO unless given. */
  readonly openWire?: OpenWire;
  readonly fetch: typeof fetch;
}

const defaults: Dependencies = {
  timers: systemTimers,
  // Not `fetch` itself: the fetch of a browser throws when it is called as a method of another object.
  fetch: (input, init) => fetch(input, init),
};

/** A client that is not started yet. */
export function createClient(options: ClientOptions, { timers, openWire, fetch }: Dependencies = defaults): Client {
  const current = platform();
  const tokens = options.tokens ?? (current.isBrowser ? null : new MemoryTokenStore());
  const url = options.url.replace(/\/+$/, '');
  const pulse = new Pulse({ timers, probe: () => fetch(`${url}/health/live`, { cache: 'no-store', credentials: 'omit' }) });
  const device = tokens && { device: new DeviceToken(tokens) };
  const http = new Http({ url, timers, fetch, pulse, isProgram: tokens !== null, ...device });
  const session = new Session({ http, timers, exclusively: current.exclusively, tokens });
  const store = options.outbox ?? (current.isBrowser ? keptOutbox() : new MemoryOutboxStore());
  const unsentSettings = current.isBrowser ? unsentSettingsIn(() => localStorage) : noUnsentSettings;
  return new Device({
    url,
    session,
    store,
    uploadStore: options.uploads,
    local: options.local ?? (current.isBrowser ? keptLocally() : null),
    unsentSettings,
    openWire: openWire ?? lateWire(async () => (await import('./socket-io-wire.ts')).openSocketIoWire),
    timers,
    pulse,
    platform: current,
  });
}

/** A browser that blocks cookies may refuse its database too: then messages wait in memory. */
function keptOutbox(): OutboxStore {
  try {
    return 'indexedDB' in globalThis ? new IndexedDbOutboxStore(indexedDB) : new MemoryOutboxStore();
  } catch {
    return new MemoryOutboxStore();
  }
}

/** Without a database nothing is kept, as in some private windows. */
function keptLocally(): LocalStore | null {
  try {
    return 'indexedDB' in globalThis ? new IndexedDbLocalStore(indexedDB) : null;
  } catch {
    return null;
  }
}
