import type { UserSetting } from './define.ts';
import { z } from 'zod';
import * as areas from './user-settings.ts';
import { changeUserSettings } from './auth/own-settings.ts';
import { defaultUserSettings, userSettings } from './user-setting-values.ts';

describe('the settings of each person', () => {
  test('belong to the area that declares them, once each', () => {
    const keys = Object.entries(areas).flatMap(([area, declared]) =>
      Object.values<UserSetting>(declared).map(({ key }) => [area, key] as const),
    );
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.filter(([area, key]) => !new RegExp(`^${area}\\.[a-z][A-Za-z]*$`).test(key))).toEqual([]);
    expect(new Set(keys.map(([, key]) => key)).size).toBe(keys.length);
  });

  test.each(userSettings)('$key takes its default, no null, and can be described', ({ schema, default: fallback, summary }) => {
    expect(schema.safeParse(fallback).success).toBe(true);
    expect(schema.safeParse(null).success).toBe(false);
    expect(z.toJSONSchema(schema)).toBeDefined();
    expect(summary).not.toBe('');
  });

  test('have a default each', () => {
    expect(Object.keys(defaultUserSettings).sort()).toEqual(userSettings.map(({ key }) => key).sort());
  });

  test('may all be changed at once within the bounds of one change', () => {
    expect(changeUserSettings.input.safeParse(defaultUserSettings).success).toBe(true);
  });
});
