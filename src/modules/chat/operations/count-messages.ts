import * as contract from '../../../contracts/chat/messages.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

export const countMessages = ({ conversations }: ChatParts): Implementation =>
  implement(contract.countMessages, () => conversations.count());
