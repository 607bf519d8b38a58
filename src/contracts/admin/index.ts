// Generated from the files beside it by `npm run docs:api`.
export * from './audit.ts';
export * from './dead-letters.ts';
export * from './jobs.ts';
export * from './overview.ts';
export * from './settings.ts';
