import type { Output } from '../../../contracts/define.ts';
import type { getUserSettings } from '../../../contracts/auth/own-settings.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { ownSettings } from '../own-settings.ts';
import type { AuthParts } from '../parts.ts';

export async function handleGetUserSettings(
  { store }: AuthParts,
  _input: object,
  context: Context,
): Promise<Output<typeof getUserSettings>> {
  const stored = await store.userSettings.read(requireActor(context).userId);
  if (!stored) throw notFound();
  return ownSettings(stored);
}
