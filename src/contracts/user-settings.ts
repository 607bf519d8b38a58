// Generated from the files beside it by `npm run docs:api`.
export * as appearance from './appearance/user-settings.ts';
export * as notifications from './notifications/user-settings.ts';
