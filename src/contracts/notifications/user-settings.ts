import { z } from 'zod';
import { userSetting } from '../define.ts';
import { storable } from '../primitives.ts';
import { NotifyLevel, QuietHours } from './rules.ts';

export const channels = userSetting({
  key: 'notifications.channels',
  summary: 'What of channels notifies; a conversation may say otherwise',
  schema: NotifyLevel,
  default: 'mentions',
});

export const groups = userSetting({ key: 'notifications.groups', summary: 'What of groups notifies', schema: NotifyLevel, default: 'all' });

export const direct = userSetting({
  key: 'notifications.direct',
  summary: 'What of conversations between two notifies',
  schema: NotifyLevel,
  default: 'all',
});

export const threads = userSetting({
  key: 'notifications.threads',
  summary: 'Replies in threads that the person began or wrote in notify',
  schema: z.boolean(),
  default: true,
});

export const keywords = userSetting({
  key: 'notifications.keywords',
  summary: 'Words that notify like a mention, whole words in any case',
  schema: z.array(storable().trim().min(2).max(50)).max(30),
  default: [],
});

export const quietHours = userSetting({
  key: 'notifications.quietHours',
  summary: 'When nothing is sent to devices, by the clock of a time zone; `days` of the week on which a span begins, Monday is 1',
  schema: QuietHours,
  default: { on: false, from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'UTC' },
});

export const showsText = userSetting({
  key: 'notifications.showsText',
  summary: 'Notifications show the beginning of the message; otherwise only who wrote and where',
  schema: z.boolean(),
  default: true,
});

export const mail = userSetting({
  key: 'notifications.mail',
  summary:
    'Mails about messages that were missed: none, or one per conversation that has waited unread for 15 minutes, at most one an hour',
  schema: z.enum(['off', 'missed']),
  default: 'missed',
});

export const sound = userSetting({
  key: 'notifications.sound',
  summary: 'The open page plays a sound',
  schema: z.boolean(),
  default: true,
});

export const desktop = userSetting({
  key: 'notifications.desktop',
  summary: 'The open page shows notifications of the system where the browser lets it',
  schema: z.boolean(),
  default: true,
});
