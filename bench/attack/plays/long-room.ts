import type { Account } from '../../faults/account.ts';
import type { Stage } from '../stage.ts';
import { hanText, longest } from './texts.ts';
import { writeAll } from './writers.ts';

const textsOfEach = 100;

/** Somebody new and a group of theirs whose history is 200 of the longest messages, 9.6 MB. */
export async function joinLongRoom(stage: Stage): Promise<{ member: Account; conversationId: string }> {
  const [member, ...writers] = await stage.people(3);
  const conversationId = await stage.group(member!, writers);
  const texts = Array.from({ length: textsOfEach }, () => hanText(longest));
  await Promise.all(writers.map((writer) => writeAll(stage.port, writer, { conversationId, texts })));
  return { member: member!, conversationId };
}
