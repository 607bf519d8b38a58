import type { Scene } from '../harness/team.ts';
import { attachments } from './attachments.ts';
import { avatars } from './avatars.ts';
import { badInput } from './bad-input.ts';
import { entrance } from './entrance.ts';
import { guests } from './guests.ts';
import { membership } from './membership.ts';
import { messages } from './messages.ts';
import { notifications } from './notifications.ts';
import { ownSettings } from './own-settings.ts';
import { presence } from './presence.ts';

export type Scenario = (scene: Scene) => Promise<void>;

/** Every scenario by the sentence that it proves; each topology plays them all. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  ...messages,
  ...attachments,
  ...avatars,
  ...membership,
  ...presence,
  ...notifications,
  ...ownSettings,
  ...guests,
  ...entrance,
  ...badInput,
};
