/** The subscription of this browser under a key of the team; one under another key is worth nothing any more, and is replaced. */
export async function subscribed(manager: PushManager, publicKey: string): Promise<PushSubscription> {
  const known = await manager.getSubscription();
  if (known && keyOf(known) === publicKey) return known;
  await known?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

export interface SubscriptionFields {
  readonly kind: 'webpush';
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly language: 'en' | 'ru';
}

/** What the server keeps of it. `language`: of the device, for people who chose none. */
export function subscriptionFields(subscription: PushSubscription, language: 'en' | 'ru'): SubscriptionFields {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys ?? {};
  return { kind: 'webpush', endpoint: endpoint ?? '', keys: { p256dh, auth }, language };
}

const keyOf = ({ options }: PushSubscription): string | null =>
  options.applicationServerKey === null ? null : base64url(new Uint8Array(options.applicationServerKey));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
