import { getSettings } from '../../../contracts/admin/settings.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AdminParts } from '../parts.ts';

export const getSettingsOperation = ({ kernel }: AdminParts) => implement(getSettings, () => kernel.settings.current());
