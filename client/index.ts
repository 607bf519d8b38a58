export { createClient } from './create-client.ts';
export { connect } from './connect.ts';
export * as api from './api.ts';
export { ClientError, type ClientErrorCode } from './client-error.ts';
export type * from './client.ts';
export type { ClientOptions, OutboxStore, TokenStore } from './options.ts';
export type * from '../src/contracts/admin/entities.ts';
export type {
  Invite,
  RegistrationMode,
  Role,
  Session,
  SignedIn,
  Team,
  User,
} from '../src/contracts/auth/entities.ts';
export type * from '../src/contracts/chat/entities.ts';
export type { ErrorCode, FieldFault, Problem } from '../src/contracts/errors.ts';
export type { Input, Operation, Output, RawInput } from '../src/contracts/define.ts';
export type { ChosenStatus, Presence, PresenceStatus } from '../src/contracts/presence/entities.ts';
