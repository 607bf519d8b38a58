import { actions } from './en/actions.ts';
import { admin } from './en/admin.ts';
import { chat } from './en/chat.ts';
import { entrance } from './en/entrance.ts';
import { failures } from './en/failures.ts';
import { settings } from './en/settings.ts';

/** Every text of the page; its keys and placeholders are the type that other languages must fill. */
export const en = { ...actions, ...admin, ...chat, ...entrance, ...failures, ...settings } as const;
