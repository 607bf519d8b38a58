// Generated from the files beside it by `npm run docs:api`.
export * as admin from './admin/index.ts';
export * as appearance from './appearance/index.ts';
export * as auth from './auth/index.ts';
export * as chat from './chat/index.ts';
export * as connections from './connections/index.ts';
export * as media from './media/index.ts';
export * as nodes from './nodes/index.ts';
export * as notifications from './notifications/index.ts';
export * as presence from './presence/index.ts';
