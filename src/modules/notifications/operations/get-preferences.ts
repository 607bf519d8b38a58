import { getUserSettings } from '../../../contracts/auth/own-settings.ts';
import type { Output } from '../../../contracts/define.ts';
import type { getPreferences } from '../../../contracts/notifications/preferences.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { NotificationsParts } from '../parts.ts';
import { presentPreferences } from '../present.ts';

export async function handleGetPreferences(
  { bus, rules }: Pick<NotificationsParts, 'bus' | 'rules'>,
  _input: object,
  context: Context,
): Promise<Output<typeof getPreferences>> {
  const [own, conversations] = await Promise.all([bus.call(getUserSettings, {}, context), rules.of(requireActor(context).userId)]);
  return presentPreferences(own, conversations);
}
