// Generated from the files beside it by `npm run docs:api`.
export * from './accounts.ts';
export * from './avatars.ts';
export * from './invites.ts';
export * from './keys.ts';
export * from './own-settings.ts';
export * from './passwords.ts';
export * from './registration.ts';
export * from './security.ts';
export * from './sessions.ts';
export * from './team-settings.ts';
export * from './team.ts';
