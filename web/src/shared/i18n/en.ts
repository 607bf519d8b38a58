import { actions } from './en/actions.ts';
import { admin } from './en/admin.ts';
import { chat } from './en/chat.ts';
import { dialogs } from './en/dialogs.ts';
import { entrance } from './en/entrance.ts';
import { failures } from './en/failures.ts';
import { files } from './en/files.ts';
import { notifications } from './en/notifications.ts';
import { panels } from './en/panels.ts';
import { start } from './en/start.ts';

/** Every text of the page; its keys and placeholders are the type that other languages must fill. The page reads the files by themselves. */
export const en = {
  ...actions,
  ...admin,
  ...chat,
  ...dialogs,
  ...entrance,
  ...failures,
  ...files,
  ...notifications,
  ...panels,
  ...start,
} as const;
