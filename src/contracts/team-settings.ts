// Generated from the files beside it by `npm run docs:api`.
export * as auth from './auth/team-settings.ts';
export * as chat from './chat/team-settings.ts';
export * as connections from './connections/team-settings.ts';
export * as media from './media/team-settings.ts';
export * as notifications from './notifications/team-settings.ts';
