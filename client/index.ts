export { createClient } from './create-client.ts';
export { connect } from './connect.ts';
export * as api from './api.ts';
export { ClientError, type ClientErrorCode } from './client-error.ts';
export { storageFaultIn, type StorageFault } from '../src/contracts/storage.ts';
export type * from './client.ts';
export type {
  ClientOptions,
  KeptChanges,
  KeptPage,
  KeptState,
  KeptUpload,
  LocalStore,
  OutboxStore,
  TokenStore,
  UploadStore,
} from './options.ts';
export type * from '../src/contracts/admin/index.ts';
export type { Invite, ListedInvite } from '../src/contracts/auth/invites.ts';
export type { RegistrationMode } from '../src/contracts/auth/registration.ts';
export type { Role, User } from '../src/contracts/auth/accounts.ts';
export type { Session, SignedIn } from '../src/contracts/auth/sessions.ts';
export type { UserSettings } from '../src/contracts/user-setting-values.ts';
export type { FileStorage } from '../src/contracts/media/storage.ts';
export type { Team } from '../src/contracts/auth/team.ts';
export type * from '../src/contracts/chat/index.ts';
export type * from '../src/contracts/notifications/index.ts';
export type { ErrorCode, FieldFault, Problem } from '../src/contracts/errors.ts';
export type { Input, Operation, Output, RawInput } from '../src/contracts/define.ts';
export type { ChosenStatus, Presence, PresenceStatus } from '../src/contracts/presence/statuses.ts';
