import { actions } from './ru/actions.ts';
import { chat } from './ru/chat.ts';
import { failures } from './ru/failures.ts';
import { start } from './ru/start.ts';
import type { RussianOf, StartTexts } from './translate.ts';

/** What the chat itself shows. */
export const ru: RussianOf<StartTexts> = { ...actions, ...chat, ...failures, ...start };
