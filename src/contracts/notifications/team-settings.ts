import { z } from 'zod';
import { type SettingsOf, teamSettings } from '../define.ts';

export const notificationSettings = teamSettings(
  z.strictObject({
    /** How long the centre keeps entries, days. */
    notificationsKeptDays: z.int().min(1).max(3650),
    /** How long it is kept what became of each notification on each device, days. */
    notificationTracesKeptDays: z.int().min(1).max(365),
  }),
  { notificationsKeptDays: 90, notificationTracesKeptDays: 30 },
);
export type NotificationSettings = SettingsOf<typeof notificationSettings>;
