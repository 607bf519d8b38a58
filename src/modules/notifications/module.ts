import { listInvites } from '../../contracts/auth/invites.ts';
import { readAdmins, readRecipients as readPeople } from '../../contracts/auth/accounts.ts';
import { changeUserSettings, getUserSettings } from '../../contracts/auth/own-settings.ts';
import { securityNoted } from '../../contracts/auth/security.ts';
import { readSessions, sessionsRevoked } from '../../contracts/auth/sessions.ts';
import { userDisabled } from '../../contracts/auth/accounts.ts';
import { conversationRemoved, getConversation } from '../../contracts/chat/conversations.ts';
import { memberLeft, membersJoined } from '../../contracts/chat/members.ts';
import { getMessage, messageCreated, messageDeleted, messageUpdated } from '../../contracts/chat/messages.ts';
import { readMoved } from '../../contracts/chat/read-state.ts';
import { readRecipients as readMembers } from '../../contracts/chat/recipients.ts';
import { showUnsubscribe } from '../../contracts/notifications/mails.ts';
import { unsubscribe } from '../../contracts/notifications/subscriptions.ts';
import { readActivity } from '../../contracts/presence/statuses.ts';
import { systemClock } from '../../kernel/clock.ts';
import { defineModule } from '../../kernel/module.ts';
import { openChannels, tryChannels } from './adapters/open-channels.ts';
import { openStores } from './adapters/open-stores.ts';
import type { Channels } from './channels.ts';
import { notificationsConfig } from './config.ts';
import { channelsCheck } from './health.ts';
import { moduleOf } from './pipeline.ts';

const subscribers = [
  { event: messageCreated, subscriber: 'notifications.on-message-created' },
  { event: messageUpdated, subscriber: 'notifications.on-message-updated' },
  { event: messageDeleted, subscriber: 'notifications.on-message-deleted' },
  { event: readMoved, subscriber: 'notifications.on-read-moved' },
  { event: membersJoined, subscriber: 'notifications.on-members-joined' },
  { event: memberLeft, subscriber: 'notifications.on-member-left' },
  { event: conversationRemoved, subscriber: 'notifications.on-conversation-removed' },
  { event: userDisabled, subscriber: 'notifications.on-user-disabled' },
  { event: securityNoted, subscriber: 'notifications.on-security-noted' },
  { event: sessionsRevoked, subscriber: 'notifications.on-sessions-revoked' },
] as const;

const needs = {
  calls: [
    listInvites,
    getUserSettings,
    changeUserSettings,
    readPeople,
    readAdmins,
    readSessions,
    getConversation,
    getMessage,
    readMembers,
    readActivity,
  ],
  kernel: ['bus', 'database', 'clock', 'logger', 'metrics', 'settings', 'health'],
  host: ['secret', 'publicUrl'],
} as const;

type Given = Parameters<typeof openChannels>[0];
type Opened = { readonly channels: Channels; close(): Promise<void> };

const definitionWith = (open: (kernel: Given, config: Parameters<typeof openChannels>[1]) => Opened) =>
  defineModule({
    name: 'notifications',
    config: notificationsConfig,
    needs,
    subscribers,
    routes: [showUnsubscribe, unsubscribe],
    inspect: (config) => tryChannels(config, systemClock),
    create: (kernel, config) => {
      const { channels, close } = open(kernel, config);
      const { secret, publicUrl, pushAllowPrivate } = config;
      const stores = openStores(kernel.database);
      const module = moduleOf(kernel, { secret, publicUrl, allowsPrivate: pushAllowPrivate }, { stores, channels });
      kernel.health.add(channelsCheck(channels, stores.figures, kernel.clock));
      const stop = async (): Promise<void> => {
        await module.stop?.();
        await close();
      };
      return { ...module, stop };
    },
  });

/** Who is notified of what, on which device, once, and why. */
export const notificationsModule = definitionWith(openChannels);

/** The same with other ways to people, for tests that play the services. */
export const notificationsModuleWith = (channels: Channels) => definitionWith(() => ({ channels, close: () => Promise.resolve() }));
