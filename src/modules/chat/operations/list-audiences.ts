import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

export const listAudiences = ({ members }: ChatParts): Implementation =>
  implement(contract.listAudiences, async ({ userId }) => ({ conversationIds: [...(await members.conversationsOf(userId))] }));
