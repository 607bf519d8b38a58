import { api, type Client } from '../../../../client/index.ts';
import type { PushOwner } from '../../shared/browser/push-owner.ts';
import { subscribed, subscriptionFields } from '../../shared/browser/push-subscription.ts';
import { store, type Readable } from '../../shared/state/store.ts';
import type { BrowserSays, PushBrowser } from './push-browser.ts';

/** `unknown`: not looked at yet. `off`: it may be turned on. */
export type PushState = Exclude<BrowserSays, 'possible'> | 'unknown' | 'off' | 'on';

export interface PushParts {
  readonly client: Pick<Client, 'call'>;
  readonly browser: PushBrowser;
  readonly owner: PushOwner;
  /** Of this device. */
  readonly language: () => 'en' | 'ru';
}

/**
 * Whether this browser gets pushes for the person who is signed in. Nothing is asked before the person turns it on. Afterwards each start of the page
 * subscribes again where the browser or the key of the team changed, and confirms it to the server.
 */
export class PushRegistration {
  readonly #state = store<PushState>('unknown');
  readonly #parts: PushParts;
  readonly state: Readable<PushState> = this.#state;

  constructor(parts: PushParts) {
    this.#parts = parts;
  }

  /** At each start, and when somebody signs in. What another person turned on in this browser is ended first. */
  async start(userId: string): Promise<void> {
    const { browser, owner } = this.#parts;
    const former = await owner.get().catch(() => null);
    if (former !== null && former !== userId) await this.#forget();
    if (former !== userId || !browser.isGranted()) {
      this.#state.set(this.#without());
      return;
    }
    await this.#confirm(userId);
  }

  /** The person pressed the button. */
  async turnOn(userId: string): Promise<void> {
    const { browser } = this.#parts;
    if ((await browser.ask()) === 'granted') await this.#confirm(userId);
    else this.#state.set(this.#without());
  }

  async turnOff(): Promise<void> {
    const endpoint = await this.#endpoint();
    if (endpoint !== null) await this.#parts.client.call(api.notifications.removeEndpoint, { endpoint });
    await this.#forget();
    this.#state.set(this.#without());
  }

  /** Before a sign-out. Where the server does not answer, it forgets the endpoint with the session. */
  async leave(): Promise<void> {
    await this.turnOff().catch(() => this.#forget());
  }

  async #confirm(userId: string): Promise<void> {
    const { browser, client, owner, language } = this.#parts;
    const { publicKey } = await client.call(api.notifications.getPushKey, {});
    if (publicKey === null) {
      this.#state.set('unsupported');
      return;
    }
    const { pushManager } = await browser.worker();
    const subscription = await subscribed(pushManager, publicKey);
    await client.call(api.notifications.addSubscription, subscriptionFields(subscription, language()));
    await owner.set(userId).catch(() => undefined);
    this.#state.set('on');
  }

  async #endpoint(): Promise<string | null> {
    const worker = await this.#parts.browser.knownWorker();
    return (await worker?.pushManager.getSubscription())?.endpoint ?? null;
  }

  /** Nothing of the person stays on the screen either. */
  async #forget(): Promise<void> {
    const worker = await this.#parts.browser.knownWorker();
    for (const notification of (await worker?.getNotifications()) ?? []) notification.close();
    await (await worker?.pushManager.getSubscription())?.unsubscribe();
    await this.#parts.owner.set(null).catch(() => undefined);
  }

  #without(): PushState {
    const says = this.#parts.browser.says();
    return says === 'possible' ? 'off' : says;
  }
}
