import type { Output } from '../../../contracts/define.ts';
import { allSettings, type getSettings } from '../../../contracts/admin/settings.ts';
import type { AdminParts } from '../parts.ts';

export function handleGetSettings({ kernel }: AdminParts): Output<typeof getSettings> {
  return kernel.settings.of(allSettings);
}
