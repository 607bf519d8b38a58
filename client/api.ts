export * as admin from '../src/contracts/admin/operations.ts';
export * as auth from '../src/contracts/auth/operations.ts';
export * as chat from '../src/contracts/chat/operations.ts';
export * as presence from '../src/contracts/presence/operations.ts';
