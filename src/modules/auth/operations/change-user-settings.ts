import type { Input, Output } from '../../../contracts/define.ts';
import { type changeUserSettings, userSettingsChanged } from '../../../contracts/auth/own-settings.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { ownSettings } from '../own-settings.ts';
import type { AuthParts } from '../parts.ts';

/** Of two devices that change the same key the last one wins; what they change apart from that stays. */
export async function handleChangeUserSettings(
  { store }: AuthParts,
  change: Input<typeof changeUserSettings>,
  context: Context,
): Promise<Output<typeof changeUserSettings>> {
  const { userId } = requireActor(context);
  return store.atomically(async ({ userSettings, publish }) => {
    const isEmpty = Object.keys(change).length === 0;
    const stored = await (isEmpty ? userSettings.read(userId) : userSettings.change(userId, change));
    if (!stored) throw notFound();
    const settings = ownSettings(stored);
    if (!isEmpty) publish(userSettingsChanged, { userId, ...settings });
    return settings;
  });
}
