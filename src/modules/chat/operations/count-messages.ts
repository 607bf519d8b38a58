import type { Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/messages.ts';
import type { ChatParts } from '../parts.ts';

export function handleCountMessages({ conversations }: ChatParts): Promise<Output<typeof contract.countMessages>> {
  return conversations.count();
}
