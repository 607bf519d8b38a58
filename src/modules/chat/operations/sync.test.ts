import { expect, test } from '@jest/globals';
import type { Message } from '../../../contracts/chat/messages.ts';
import type { Context } from '../../../kernel/context.ts';
import type { ChatParts } from '../parts.ts';
import type { OwnConversation } from '../ports.ts';
import { handleSync } from './sync.ts';

const conversationId = '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f';
const revOfOwn = { id: conversationId, rev: 9, activeAt: '2026-02-03T10:00:00.000Z', lastReadSeq: 5, muted: false };
const own = {
  head: { id: conversationId, rev: 9, lastSeq: 5 },
  lastReadSeq: 5,
  unreadMentions: 0,
  role: 'member',
  muted: false,
  lastMessage: null,
};
const caller = { actor: { userId: 'me', sessionId: 's', role: 'member' } } as Context;

/** A store in which these messages changed after the conversations were read at rev 9. */
const partsWith = (revs: readonly number[]): ChatParts =>
  ({
    conversations: {
      ownRevs: () => Promise.resolve([revOfOwn]),
      listOwn: () => Promise.resolve([own as unknown as OwnConversation]),
    },
    messages: {
      changesSince: ([asked]: readonly { known: number; limit: number }[]) => {
        const found = revs.filter((rev) => asked && rev > asked.known);
        const messages = found.slice(0, asked?.limit).map((rev) => ({ rev }) as Message);
        return Promise.resolve(new Map([[conversationId, { messages, isCut: messages.length < found.length }]]));
      },
    },
  }) as unknown as ChatParts;

const ask = (revs: readonly number[]) =>
  handleSync(partsWith(revs), { revs: { [conversationId]: 4 }, named: false, maxBytes: 240_000 }, caller);

test('a missed message that changed between the two reads is not left out', async () => {
  await expect(ask([6, 10])).resolves.toMatchObject({
    changes: { [conversationId]: { messages: [{ rev: 6 }, { rev: 10 }], uptoRev: 9, more: false } },
  });
});

test('a page that reaches beyond what was read says no more than that', async () => {
  const changedMeanwhile = Array.from({ length: 300 }, (_unused, index) => 10 + index);
  await expect(ask(changedMeanwhile)).resolves.toMatchObject({ changes: { [conversationId]: { uptoRev: 9, more: true } } });
});
