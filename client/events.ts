import type { ClientEvents } from './client.ts';
import { guarded } from './readable.ts';

type Listeners = { readonly [E in keyof ClientEvents]: Set<(payload: ClientEvents[E]) => void> };

/** Who listens to what. */
export class Events {
  readonly #listeners: Listeners = {
    message: new Set(),
    'message-arrived': new Set(),
    'message-changed': new Set(),
    'message-revised': new Set(),
    notification: new Set(),
    'notifications-read': new Set(),
    'conversation-removed': new Set(),
    revoked: new Set(),
    'person-changed': new Set(),
  };

  readonly on = <E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): (() => void) => {
    const own = (payload: ClientEvents[E]): void => {
      listener(payload);
    };
    this.#listeners[event].add(own);
    return () => {
      this.#listeners[event].delete(own);
    };
  };

  emit<E extends keyof ClientEvents>(event: E, payload: ClientEvents[E]): void {
    for (const listener of [...this.#listeners[event]]) {
      guarded(() => {
        listener(payload);
      });
    }
  }
}
