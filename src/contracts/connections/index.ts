// Generated from the files beside it by `npm run docs:api`.
export * from './connections.ts';
export * from './frames.ts';
export * from './people.ts';
export * from './team-settings.ts';
