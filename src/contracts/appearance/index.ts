// Generated from the files beside it by `npm run docs:api`.
export * from './user-settings.ts';
