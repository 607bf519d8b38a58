import type { Action } from '../../../app/actions/action.ts';
import type { AccountSubject } from './account-subject.ts';
import { createResetLink } from './create-reset-link.ts';
import { disableUser } from './disable-user.ts';
import { enableUser } from './enable-user.ts';
import { forceLogOut } from './force-log-out.ts';
import { removeFiles } from './remove-files.ts';
import { removePicture } from './remove-picture.ts';

/** What the console can do to an account; apart from the other actions, so that only admins load it. */
export const accountActions: readonly Action<AccountSubject>[] = [
  createResetLink,
  forceLogOut,
  removePicture,
  removeFiles,
  enableUser,
  disableUser,
];
