import { changeUserSettings } from '../../../contracts/auth/own-settings.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { changePreferences } from '../../../contracts/notifications/preferences.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { NotificationsParts } from '../parts.ts';
import { presentPreferences, settingsOf } from '../present.ts';

/** They are settings of the person, which auth keeps: all devices get the change from there. */
export async function handleChangePreferences(
  { bus, rules }: Pick<NotificationsParts, 'bus' | 'rules'>,
  { preferences }: Input<typeof changePreferences>,
  context: Context,
): Promise<Output<typeof changePreferences>> {
  const own = await bus.call(changeUserSettings, settingsOf(preferences), context);
  return presentPreferences(own, await rules.of(requireActor(context).userId));
}
