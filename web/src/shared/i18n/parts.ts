import type { RussianOf } from './translate.ts';

/** Texts that are read together with the part of the page that shows them. */
export const englishParts = {
  admin: async () => (await import('./en/admin.ts')).admin,
  dialogs: async () => (await import('./en/dialogs.ts')).dialogs,
  entrance: async () => (await import('./en/entrance.ts')).entrance,
  files: async () => (await import('./en/files.ts')).files,
  notifications: async () => (await import('./en/notifications.ts')).notifications,
  panels: async () => (await import('./en/panels.ts')).panels,
};

export type TextPart = keyof typeof englishParts;

type Russian = { readonly [P in TextPart]: () => Promise<RussianOf<Awaited<ReturnType<(typeof englishParts)[P]>>>> };

export const russianParts: Russian = {
  admin: async () => (await import('./ru/admin.ts')).admin,
  dialogs: async () => (await import('./ru/dialogs.ts')).dialogs,
  entrance: async () => (await import('./ru/entrance.ts')).entrance,
  files: async () => (await import('./ru/files.ts')).files,
  notifications: async () => (await import('./ru/notifications.ts')).notifications,
  panels: async () => (await import('./ru/panels.ts')).panels,
};

export const textParts = Object.keys(englishParts) as readonly TextPart[];
