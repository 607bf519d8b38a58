import { z } from 'zod';
import { operation, route } from '../define.ts';
import { Id, Nothing, optionalName, storable, Timestamp } from '../primitives.ts';

export const SubscriptionKind = z.enum(['webpush', 'fcm']);

/**
 * A browser or app that gets pushes; what could be used to send to it is never answered. `service`: whose push service it is (`Apple`, `Google`, `Mozilla`, `Microsoft`), or its host. `confirmedAt`: when it was
 * added or added again. `stale`: not confirmed for 14 days; `failing`: its service refused the last push, and `lastError` says why.
 */
export const PushSubscription = z
  .strictObject({
    id: Id,
    kind: SubscriptionKind,
    service: z.string(),
    device: z.string(),
    current: z.boolean(),
    createdAt: Timestamp,
    confirmedAt: Timestamp,
    lastAcceptedAt: Timestamp.nullable(),
    lastShownAt: Timestamp.nullable(),
    state: z.enum(['active', 'stale', 'failing']),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'PushSubscription' });
export type PushSubscription = z.infer<typeof PushSubscription>;

export const getPushKey = operation({
  name: 'notifications.getPushKey',
  summary: 'The key by which browsers subscribe to pushes of this team (applicationServerKey), and whether apps may register with Firebase',
  access: 'user',
  input: Nothing,
  /** Null: web push is off. */
  output: z.strictObject({ publicKey: z.string().nullable(), fcm: z.boolean() }),
  http: { method: 'GET', path: '/notifications/push-key' },
});

const shared = { device: optionalName(100).optional(), language: z.enum(['en', 'ru']).optional() };
const Endpoint = z.url({ protocol: /^https?$/, message: 'must be a web address' }).max(2000);

export const addSubscription = operation({
  name: 'notifications.addSubscription',
  summary: 'Send pushes to this browser or app for as long as the session stands; the same again confirms it',
  access: 'user',
  input: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('webpush'),
      endpoint: Endpoint,
      keys: z.strictObject({
        p256dh: z.string().regex(/^[\w-]{87}=?$/, 'must be an uncompressed P-256 key in base64url'),
        auth: z.string().regex(/^[\w-]{22}(?:==)?$/, 'must be 16 bytes in base64url'),
      }),
      ...shared,
    }),
    z.strictObject({
      kind: z.literal('fcm'),
      token: z.string().regex(/^[\w:-]{20,4096}$/, 'must be a registration token of Firebase'),
      platform: z.enum(['android', 'ios', 'web']),
      ...shared,
    }),
  ]),
  output: PushSubscription,
  http: { method: 'POST', path: '/notifications/subscriptions', status: 201 },
});

export const listSubscriptions = operation({
  name: 'notifications.listSubscriptions',
  summary: 'Browsers and apps of the caller that get pushes',
  access: 'user',
  input: Nothing,
  output: z.strictObject({ items: z.array(PushSubscription) }),
  http: { method: 'GET', path: '/notifications/subscriptions' },
});

export const removeSubscription = operation({
  name: 'notifications.removeSubscription',
  summary: 'Send no more pushes to one of the caller’s browsers or apps',
  access: 'user',
  input: z.strictObject({ subscriptionId: Id }),
  output: Nothing,
  http: { method: 'DELETE', path: '/notifications/subscriptions/:subscriptionId', status: 204 },
});

/** For a browser that signs out: it knows its endpoint only. Answers the same where there is none. */
export const removeEndpoint = operation({
  name: 'notifications.removeEndpoint',
  summary: 'Send no more pushes to the caller’s browser or app with this endpoint or token',
  access: 'user',
  input: z.strictObject({ endpoint: storable().min(1).max(4096) }),
  output: Nothing,
  http: { method: 'DELETE', path: '/notifications/subscriptions', status: 204 },
});

/** The trace of `eventId` says what became of it. */
export const testSubscription = operation({
  name: 'notifications.testSubscription',
  summary: 'Send a test the whole way to one of the caller’s browsers or apps',
  access: 'user',
  input: z.strictObject({ subscriptionId: Id }),
  output: z.strictObject({ eventId: Id }),
  limit: 'message',
  http: { method: 'POST', path: '/notifications/subscriptions/:subscriptionId/test' },
});

/** Sent by service workers, which have no session: the receipt of the push stands for it. */
export const confirmShown = operation({
  name: 'notifications.confirmShown',
  summary: 'A device showed a push; `receipt` came with it',
  access: 'public',
  input: z.strictObject({ receipt: storable().min(1).max(200) }),
  output: Nothing,
  limit: 'signal',
  errors: ['not_found'],
  http: { method: 'POST', path: '/notifications/shown', status: 204 },
});

/** RFC 8058: programs of mail post a form here by themselves, which is not looked at. */
export const unsubscribe = route({
  name: 'notifications.unsubscribe',
  summary: 'Stop mails about missed messages by the token of such a mail, without signing in',
  access: 'public',
  input: z.strictObject({ token: storable().min(1).max(200) }),
  http: { method: 'POST', path: '/notifications/unsubscribe/:token' },
  body: 'raw',
  bodyBytes: 1_000,
  answer: 'text',
  limit: 'signal',
  errors: ['not_found'],
});
