import * as contract from '../../contracts/auth/index.ts';
import { handles, type Implementation } from '../../kernel/bus/bus.ts';
import { handleChangeAvatar } from './operations/change-avatar.ts';
import { handleChangePassword } from './operations/change-password.ts';
import { handleChangeRole } from './operations/change-role.ts';
import { handleChangeUserSettings } from './operations/change-user-settings.ts';
import { handleClaimSetupLink } from './operations/claim-setup-link.ts';
import { handleCountUsers } from './operations/count-users.ts';
import { handleCreateInvite } from './operations/create-invite.ts';
import { handleCreateResetLink } from './operations/create-reset-link.ts';
import { handleCreateUser } from './operations/create-user.ts';
import { handleDeleteInvite } from './operations/delete-invite.ts';
import { handleDisableUser } from './operations/disable-user.ts';
import { handleEnableUser } from './operations/enable-user.ts';
import { handleFindUser } from './operations/find-user.ts';
import { handleForceLogOut } from './operations/force-log-out.ts';
import { handleGetInvite } from './operations/get-invite.ts';
import { handleGetKeys } from './operations/get-keys.ts';
import { handleGetMe } from './operations/get-me.ts';
import { handleGetTeam } from './operations/get-team.ts';
import { handleGetUser } from './operations/get-user.ts';
import { handleGetUserSettings } from './operations/get-user-settings.ts';
import { handleListAccounts } from './operations/list-accounts.ts';
import { handleListInvites } from './operations/list-invites.ts';
import { handleListSessions } from './operations/list-sessions.ts';
import { handleListUsers } from './operations/list-users.ts';
import { handleLogIn } from './operations/log-in.ts';
import { handleLogOut } from './operations/log-out.ts';
import { handleReadAdmins } from './operations/read-admins.ts';
import { handleReadSessions } from './operations/read-sessions.ts';
import { handleReadSetupLink } from './operations/read-setup-link.ts';
import { handleReadRecipients } from './operations/read-recipients.ts';
import { handleReadUsers } from './operations/read-users.ts';
import { handleRefresh } from './operations/refresh.ts';
import { handleRegister } from './operations/register.ts';
import { handleResetPassword } from './operations/reset-password.ts';
import { handleResolveUsernames } from './operations/resolve-usernames.ts';
import { handleRevokeSession } from './operations/revoke-session.ts';
import { handleRotateKeys } from './operations/rotate-keys.ts';
import { handleSetUp } from './operations/set-up.ts';
import { handleUpdateMe } from './operations/update-me.ts';
import type { AuthParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: AuthParts) => Implementation)[] = [
  handles(contract.changeAvatar, handleChangeAvatar),
  handles(contract.changePassword, handleChangePassword),
  handles(contract.changeRole, handleChangeRole),
  handles(contract.changeUserSettings, handleChangeUserSettings),
  handles(contract.claimSetupLink, handleClaimSetupLink),
  handles(contract.countUsers, handleCountUsers),
  handles(contract.createInvite, handleCreateInvite),
  handles(contract.createResetLink, handleCreateResetLink),
  handles(contract.createUser, handleCreateUser),
  handles(contract.deleteInvite, handleDeleteInvite),
  handles(contract.disableUser, handleDisableUser),
  handles(contract.enableUser, handleEnableUser),
  handles(contract.findUser, handleFindUser),
  handles(contract.forceLogOut, handleForceLogOut),
  handles(contract.getInvite, handleGetInvite),
  handles(contract.getKeys, handleGetKeys),
  handles(contract.getMe, handleGetMe),
  handles(contract.getTeam, handleGetTeam),
  handles(contract.getUser, handleGetUser),
  handles(contract.getUserSettings, handleGetUserSettings),
  handles(contract.listAccounts, handleListAccounts),
  handles(contract.listInvites, handleListInvites),
  handles(contract.listSessions, handleListSessions),
  handles(contract.listUsers, handleListUsers),
  handles(contract.logIn, handleLogIn),
  handles(contract.logOut, handleLogOut),
  handles(contract.readAdmins, handleReadAdmins),
  handles(contract.readSessions, handleReadSessions),
  handles(contract.readSetupLink, handleReadSetupLink),
  handles(contract.readRecipients, handleReadRecipients),
  handles(contract.readUsers, handleReadUsers),
  handles(contract.refresh, handleRefresh),
  handles(contract.register, handleRegister),
  handles(contract.resetPassword, handleResetPassword),
  handles(contract.resolveUsernames, handleResolveUsernames),
  handles(contract.revokeSession, handleRevokeSession),
  handles(contract.rotateKeys, handleRotateKeys),
  handles(contract.setUp, handleSetUp),
  handles(contract.updateMe, handleUpdateMe),
];
