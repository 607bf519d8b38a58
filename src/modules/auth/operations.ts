import type { Implementation } from '../../kernel/bus/bus.ts';
import { implementChangePassword } from './operations/change-password.ts';
import { implementChangeRole } from './operations/change-role.ts';
import { implementClaimSetupLink } from './operations/claim-setup-link.ts';
import { implementCountUsers } from './operations/count-users.ts';
import { implementCreateInvite } from './operations/create-invite.ts';
import { implementCreateResetLink } from './operations/create-reset-link.ts';
import { implementCreateUser } from './operations/create-user.ts';
import { implementDeleteInvite } from './operations/delete-invite.ts';
import { implementDisableUser } from './operations/disable-user.ts';
import { implementEnableUser } from './operations/enable-user.ts';
import { implementFindUser } from './operations/find-user.ts';
import { implementForceLogOut } from './operations/force-log-out.ts';
import { implementGetInvite } from './operations/get-invite.ts';
import { implementGetKeys } from './operations/get-keys.ts';
import { implementGetMe } from './operations/get-me.ts';
import { implementGetTeam } from './operations/get-team.ts';
import { implementGetUser } from './operations/get-user.ts';
import { implementListAccounts } from './operations/list-accounts.ts';
import { implementListInvites } from './operations/list-invites.ts';
import { implementListSessions } from './operations/list-sessions.ts';
import { implementListUsers } from './operations/list-users.ts';
import { implementLogIn } from './operations/log-in.ts';
import { implementLogOut } from './operations/log-out.ts';
import { implementReadSessions } from './operations/read-sessions.ts';
import { implementReadSetupLink } from './operations/read-setup-link.ts';
import { implementReadUsers } from './operations/read-users.ts';
import { implementRefresh } from './operations/refresh.ts';
import { implementRegister } from './operations/register.ts';
import { implementResetPassword } from './operations/reset-password.ts';
import { implementResolveUsernames } from './operations/resolve-usernames.ts';
import { implementRevokeSession } from './operations/revoke-session.ts';
import { implementRotateKeys } from './operations/rotate-keys.ts';
import { implementSetUp } from './operations/set-up.ts';
import { implementUpdateMe } from './operations/update-me.ts';
import type { AuthParts } from './parts.ts';

/** Every operation of the module. */
export const operationsOf = (parts: AuthParts): Implementation[] => all.map((implementWith) => implementWith(parts));

const all: readonly ((parts: AuthParts) => Implementation)[] = [
  implementChangePassword,
  implementChangeRole,
  implementClaimSetupLink,
  implementCountUsers,
  implementCreateInvite,
  implementCreateResetLink,
  implementCreateUser,
  implementDeleteInvite,
  implementDisableUser,
  implementEnableUser,
  implementFindUser,
  implementForceLogOut,
  implementGetInvite,
  implementGetKeys,
  implementGetMe,
  implementGetTeam,
  implementGetUser,
  implementListAccounts,
  implementListInvites,
  implementListSessions,
  implementListUsers,
  implementLogIn,
  implementLogOut,
  implementReadSessions,
  implementReadSetupLink,
  implementReadUsers,
  implementRefresh,
  implementRegister,
  implementResetPassword,
  implementResolveUsernames,
  implementRevokeSession,
  implementRotateKeys,
  implementSetUp,
  implementUpdateMe,
];
