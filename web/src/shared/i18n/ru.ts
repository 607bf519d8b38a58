import { actions } from './ru/actions.ts';
import { admin } from './ru/admin.ts';
import { chat } from './ru/chat.ts';
import { entrance } from './ru/entrance.ts';
import { failures } from './ru/failures.ts';
import { settings } from './ru/settings.ts';
import type { RussianCatalogue } from './translate.ts';

export const ru: RussianCatalogue = { ...actions, ...admin, ...chat, ...entrance, ...failures, ...settings };
