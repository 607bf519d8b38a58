import type { OwnSettings } from '../../src/contracts/auth/own-settings.ts';
import type { Scene } from '../harness/team.ts';

export const ownSettings = {
  'what a person chose for themselves reaches all devices of theirs, and nobody else': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const before = await boris.api.ok<OwnSettings>('GET', '/me/settings');
    const [phone, laptop, boriss] = await Promise.all([ana.comesOnline(0), ana.comesOnline(1), boris.comesOnline(1)]);
    const changed = await ana.api.ok<OwnSettings>('PATCH', '/me/settings', { 'appearance.theme': 'dark' });
    expect(changed).toEqual({ rev: 1, settings: { ...before.settings, 'appearance.theme': 'dark' } });
    for (const device of [phone, laptop]) expect(await device.receives('settings:changed', ({ rev }) => rev === 1)).toEqual(changed);
    expect(await ana.api.ok('GET', '/me/settings')).toEqual(changed);
    expect(await boris.api.ok('GET', '/me/settings')).toEqual(before);
    expect(boriss.all('settings:changed')).toEqual([]);
  },

  'two devices of a person that change different settings at once lose nothing': async ({ actors }: Scene) => {
    const [ana] = await actors('ana');
    const [phone, laptop] = await Promise.all([ana.comesOnline(0), ana.comesOnline(1)]);
    const choices = [{ 'appearance.theme': 'light' }, { 'appearance.language': 'ru' }];
    await Promise.all(choices.map((choice) => ana.api.ok('PATCH', '/me/settings', choice)));
    const settings = { 'appearance.theme': 'light', 'appearance.language': 'ru' };
    for (const device of [phone, laptop])
      expect(await device.receives('settings:changed', ({ rev }) => rev === 2)).toMatchObject({ rev: 2, settings });
    await ana.api.ok('PATCH', '/me/settings', { 'appearance.theme': null });
    for (const device of [phone, laptop])
      expect(await device.receives('settings:changed', ({ rev }) => rev === 3)).toMatchObject({
        settings: { 'appearance.theme': 'system' },
      });
  },

  'a setting that does not exist is refused by its name': async ({ actors }: Scene) => {
    const [ana] = await actors('ana');
    const { status, body } = await ana.api.request('PATCH', '/me/settings', { 'appearance.shade': 'dark' });
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'validation_failed', errors: [{ path: 'appearance.shade' }] } });
  },
} as const;
