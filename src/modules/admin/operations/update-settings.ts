import type { Input, Output } from '../../../contracts/define.ts';
import { allSettings, type updateSettings } from '../../../contracts/admin/settings.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';

export function handleUpdateSettings({ kernel }: AdminParts, change: Input<typeof updateSettings>): Promise<Output<typeof updateSettings>> {
  if (change.registration === 'domain') throw domainIsOff();
  return kernel.settings.update(allSettings, withoutAbsent(change));
}

/** Anybody can type an address of any domain, and it is not confirmed. */
const domainIsOff = (): AppError =>
  new AppError('conflict', {
    detail: 'Registration by e-mail domain is off until addresses can be confirmed. Choose invite, open or closed.',
    errors: [{ path: 'registration', message: 'must be invite, open or closed: addresses are not confirmed yet' }],
  });

/** An absent setting stays as it is. */
const withoutAbsent = <T extends object>(change: T) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
