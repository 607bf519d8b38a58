import { z } from 'zod';
import { type SettingsOf, teamSettings } from '../define.ts';

export const chatSettings = teamSettings(
  z.strictObject({
    /** How long a sender may edit a message, seconds; null: for ever. */
    editWindow: z.int().min(0).nullable(),
    /** Members see how far others have read. */
    readReceipts: z.boolean(),
    /** Conversations that one person may open in an hour; people may be added to conversations twice as often. */
    openingsPerHour: z.int().min(5).max(1000),
  }),
  { editWindow: null, readReceipts: true, openingsPerHour: 30 },
);
export type ChatSettings = SettingsOf<typeof chatSettings>;
