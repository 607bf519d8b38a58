import type { Message } from '../../../../contracts/chat/messages.ts';
import { newId } from '../../../../kernel/ids.ts';
import { type Draft, placed } from '../../domain/drafts.ts';

export interface Write {
  readonly drafts: readonly Draft[];
  readonly finish: (messages?: readonly (Message | null)[]) => void;
  readonly fail: (error: Error) => void;
}

/** A writer whose writes end when the test says so. */
export function pausedWriter() {
  const writes: Write[] = [];
  let seq = 0;
  return {
    writes,
    write: (drafts: readonly Draft[]) =>
      new Promise<readonly (Message | null)[]>((resolve, reject) => {
        const finish = (messages: readonly (Message | null)[] = drafts.map((draft) => placed(draft, ++seq, seq))) => {
          resolve(messages);
        };
        writes.push({ drafts, finish, fail: reject });
      }),
  };
}

export const conversation = newId();
export const other = newId();
export const draft = (more: Partial<Draft> = {}): Draft => ({
  id: newId(),
  conversationId: conversation,
  membersRev: 1,
  senderId: conversation,
  clientMessageId: newId(),
  text: 'text',
  attachments: [],
  replyTo: null,
  threadRootId: null,
  mentions: [],
  createdAt: '2026-02-03T10:00:00.000Z',
  ...more,
});
export const turns = async (): Promise<void> => {
  for (let count = 0; count < 20; count++) await Promise.resolve();
};
