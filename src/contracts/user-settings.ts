// Generated from the files beside it by `npm run docs:api`.
export * as appearance from './appearance/user-settings.ts';
