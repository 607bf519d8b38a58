import { z } from 'zod';
import { event, operation, type TeamSettings, teamSettings } from '../define.ts';
import { Nothing } from '../primitives.ts';
import * as areas from '../team-settings.ts';

type Areas = typeof areas;
type Declared = { readonly [A in keyof Areas]: Areas[A][keyof Areas[A]] }[keyof Areas];
type ShapeOf<T> = T extends TeamSettings<infer S> ? S['shape'] : never;
type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;
type Shape = Intersection<ShapeOf<Declared>>;

const declared: readonly TeamSettings[] = Object.values(areas).flatMap((area) => Object.values<TeamSettings>(area));

/** The settings of every area. */
export const Settings = z.strictObject(Object.assign({}, ...declared.map(({ schema }) => schema.shape)) as Shape).meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;

export const defaultSettings = Object.assign({}, ...declared.map(({ defaults }) => defaults)) as Settings;

export const allSettings = teamSettings(Settings, defaultSettings);

export const settingsChanged = event({
  name: 'admin.settingsChanged',
  summary: 'An admin changed live settings',
  delivery: 'event',
  payload: z.strictObject({ settings: Settings }),
});

export const getSettings = operation({
  name: 'admin.getSettings',
  summary: 'Live settings',
  access: 'admin',
  input: Nothing,
  output: Settings,
  http: { method: 'GET', path: '/admin/settings' },
});

export const updateSettings = operation({
  name: 'admin.updateSettings',
  summary: 'Change live settings; those not named stay',
  access: 'admin',
  input: Settings.partial(),
  output: Settings,
  http: { method: 'PATCH', path: '/admin/settings' },
});
