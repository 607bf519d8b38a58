import type { Note, PushTarget } from '../../ports.ts';
import { actionsOf, fitted } from './payload.ts';

export type App = Extract<PushTarget, { kind: 'fcm' }>;

/** Firebase takes 4,096 bytes of data and texts, and adds names of its own. */
const mostBytes = 3500;

/** The body of `messages:send` (FCM HTTP v1), with the part of the platform that the app runs on. All values of `data` are texts. */
export const fcmMessageOf = (target: App, note: Note, publicUrl: string): Buffer =>
  fitted(note, (shorter) => Buffer.from(JSON.stringify({ message: messageOf(target, shorter, publicUrl) })), mostBytes);

function messageOf({ token, platform }: App, note: Note, publicUrl: string) {
  const notification = { title: note.title, ...(note.body === '' ? {} : { body: note.body }) };
  const common = { token, notification, data: dataOf(note, publicUrl) };
  if (platform === 'ios') return { ...common, apns: apnsOf(note) };
  if (platform === 'web') return { ...common, webpush: webOf(note, publicUrl) };
  return { ...common, android: androidOf(note) };
}

/** `tag`: the system shows one notification of an event. `collapse_key`: of one conversation a phone that was off gets the newest. */
const androidOf = ({ urgency, topic, ttlSeconds, eventId, badge, createdAt }: Note) => ({
  // Whatever a person sees is `high`: others wait until the phone is moved.
  priority: 'high',
  collapse_key: topic,
  ttl: `${String(ttlSeconds)}s`,
  notification: {
    tag: eventId,
    event_time: createdAt,
    notification_count: badge,
    notification_priority: urgency === 'high' ? 'PRIORITY_HIGH' : 'PRIORITY_DEFAULT',
    default_sound: true,
  },
});

const apnsOf = ({ urgency, ttlSeconds, eventId, badge, conversationId, createdAt }: Note) => ({
  headers: {
    'apns-collapse-id': eventId,
    'apns-expiration': String(Math.floor(Date.parse(createdAt) / 1000) + ttlSeconds),
    'apns-priority': urgency === 'high' ? '10' : '5',
  },
  payload: {
    aps: { badge, sound: 'default', 'mutable-content': 1, ...(conversationId === null ? {} : { 'thread-id': conversationId }) },
  },
});

const webOf = (note: Note, publicUrl: string) => ({
  headers: { TTL: String(note.ttlSeconds), Urgency: note.urgency, Topic: note.topic },
  notification: {
    tag: note.eventId,
    lang: note.language,
    ...(note.iconPath === null ? {} : { icon: `${publicUrl}${note.iconPath}` }),
  },
  fcm_options: { link: `${publicUrl}${note.path}` },
});

function dataOf(note: Note, publicUrl: string): Readonly<Record<string, string>> {
  const { eventId, receipt, cause, conversationId, messageId, seq, senderId, createdAt, path, badge, readUpTo } = note;
  const texts = { eventId, receipt, cause, conversationId, messageId, senderId, createdAt, path, url: `${publicUrl}${path}` };
  const numbers = { seq: seq === null ? null : String(seq), badge: String(badge) };
  const lists = {
    readUpTo: JSON.stringify(readUpTo),
    actions: actionsOf(note)
      .map(({ action }) => action)
      .join(','),
  };
  const given = Object.entries({ ...texts, ...numbers, ...lists });
  return Object.fromEntries(given.filter((field): field is [string, string] => field[1] !== null));
}
