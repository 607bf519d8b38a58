import { updateSettings } from '../../../contracts/admin/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AdminParts } from '../parts.ts';

export const updateSettingsOperation = ({ kernel }: AdminParts) =>
  implement(updateSettings, (change) => kernel.settings.update(withoutAbsent(change)));

/** An absent setting stays as it is. */
const withoutAbsent = <T extends object>(change: T) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
