// Generated from the files beside it by `npm run docs:api`.
export * from './channels.ts';
export * from './failures.ts';
export * from './mails.ts';
export * from './notifications.ts';
export * from './preferences.ts';
export * from './rules.ts';
export * from './subscriptions.ts';
export * from './team-settings.ts';
export * from './traces.ts';
export * from './user-settings.ts';
