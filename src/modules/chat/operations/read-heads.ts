import * as contract from '../../../contracts/chat/sync.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

export const readHeads = ({ conversations }: ChatParts): Implementation =>
  implement(contract.readHeads, async ({ conversationIds }) => ({ revs: Object.fromEntries(await conversations.heads(conversationIds)) }));
