import type { TeamSettings } from '../define.ts';
import * as areas from '../team-settings.ts';
import { allSettings, defaultSettings, Settings } from './settings.ts';

const declared: readonly TeamSettings[] = Object.values(areas).flatMap((area) => Object.values<TeamSettings>(area));

test('the settings of all areas are one object, and no two areas use one name', () => {
  const names = declared.flatMap(({ schema }) => Object.keys(schema.shape));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(Object.keys(Settings.shape).sort()).toEqual([...names].sort());
  expect(names.length).toBeGreaterThan(7);
});

test('the defaults are a whole that the declarations take', () => {
  expect(Settings.parse(defaultSettings)).toEqual(allSettings.defaults);
});
