import { z } from 'zod';
import { operation, type UserSetting } from '../define.ts';
import { Counter, Nothing } from '../primitives.ts';
import { ConversationRule } from './rules.ts';
import * as settings from './user-settings.ts';

const described = <S extends z.ZodType>({ schema, summary }: UserSetting<string, S>): S => schema.describe(summary);

const values = {
  channels: described(settings.channels),
  groups: described(settings.groups),
  direct: described(settings.direct),
  threads: described(settings.threads),
  keywords: described(settings.keywords),
  quietHours: described(settings.quietHours),
  showsText: described(settings.showsText),
  mail: described(settings.mail),
  sound: described(settings.sound),
  desktop: described(settings.desktop),
};

/** The settings `notifications.*` of a person, by what stands behind the dot. */
export const NotificationPreferences = z.strictObject(values).meta({ id: 'NotificationPreferences' });
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;

/** `rev` is that of the person's settings. `conversations`: those for which the person chose something. */
const Answer = z.strictObject({ rev: Counter, preferences: NotificationPreferences, conversations: z.array(ConversationRule) });

export const getPreferences = operation({
  name: 'notifications.getPreferences',
  summary: 'What notifies the caller: defaults, and what was chosen for single conversations',
  access: 'user',
  input: Nothing,
  output: Answer,
  http: { method: 'GET', path: '/notifications/preferences' },
});

const { shape } = NotificationPreferences;
type Change = { readonly [K in keyof typeof shape]: z.ZodOptional<z.ZodNullable<(typeof shape)[K]>> };

export const changePreferences = operation({
  name: 'notifications.changePreferences',
  summary: 'Change what notifies the caller; what is not named stays, null returns to the default',
  access: 'user',
  input: z.strictObject({
    preferences: z.strictObject(
      Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, schema.nullable().optional()])) as unknown as Change,
    ),
  }),
  output: Answer,
  http: { method: 'PUT', path: '/notifications/preferences' },
});
