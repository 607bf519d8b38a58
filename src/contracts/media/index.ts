// Generated from the files beside it by `npm run docs:api`.
export * from './avatars.ts';
export * from './erasure.ts';
export * from './files.ts';
export * from './storage.ts';
export * from './team-settings.ts';
export * from './upkeep.ts';
export * from './uploads.ts';
