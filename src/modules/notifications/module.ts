import { readRecipients as readPeople } from '../../contracts/auth/accounts.ts';
import { changeUserSettings, getUserSettings } from '../../contracts/auth/own-settings.ts';
import { readSessions, sessionsRevoked } from '../../contracts/auth/sessions.ts';
import { userDisabled } from '../../contracts/auth/accounts.ts';
import { conversationRemoved, getConversation } from '../../contracts/chat/conversations.ts';
import { memberLeft } from '../../contracts/chat/members.ts';
import { getMessage, messageCreated, messageDeleted, messageUpdated } from '../../contracts/chat/messages.ts';
import { readMoved } from '../../contracts/chat/read-state.ts';
import { readRecipients as readMembers } from '../../contracts/chat/recipients.ts';
import { unsubscribe } from '../../contracts/notifications/subscriptions.ts';
import { readActivity } from '../../contracts/presence/statuses.ts';
import { defineModule } from '../../kernel/module.ts';
import { providers } from './adapters/providers.ts';
import type { Channels } from './channels.ts';
import { type NotificationsConfig, notificationsConfig } from './config.ts';
import { moduleOf } from './pipeline.ts';

const subscribers = [
  { event: messageCreated, subscriber: 'notifications.on-message-created' },
  { event: messageUpdated, subscriber: 'notifications.on-message-updated' },
  { event: messageDeleted, subscriber: 'notifications.on-message-deleted' },
  { event: readMoved, subscriber: 'notifications.on-read-moved' },
  { event: memberLeft, subscriber: 'notifications.on-member-left' },
  { event: conversationRemoved, subscriber: 'notifications.on-conversation-removed' },
  { event: userDisabled, subscriber: 'notifications.on-user-disabled' },
  { event: sessionsRevoked, subscriber: 'notifications.on-sessions-revoked' },
] as const;

const needs = {
  calls: [getUserSettings, changeUserSettings, readPeople, readSessions, getConversation, getMessage, readMembers, readActivity],
  kernel: ['bus', 'database', 'clock', 'logger', 'metrics', 'health'],
  host: ['secret', 'publicUrl'],
} as const;

const definitionWith = (waysOut: (kernel: Given, config: NotificationsConfig) => Channels) =>
  defineModule({
    name: 'notifications',
    config: notificationsConfig,
    needs,
    subscribers,
    routes: [unsubscribe],
    create: (kernel, { secret, publicUrl, ...config }) => {
      const channels = waysOut({ ...kernel, secret, publicUrl }, config);
      return moduleOf(kernel, { secret, publicUrl, allowsPrivate: config.pushAllowPrivate }, channels);
    },
  });

type Given = Parameters<typeof providers>[0];

/** Who is notified of what, on which device, once, and why. */
export const notificationsModule = definitionWith(providers);

/** The same with other ways to people, for tests that play the services. */
export const notificationsModuleWith = (channels: Channels) => definitionWith(() => channels);
