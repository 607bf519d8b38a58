import { newId } from '../../../kernel/ids.ts';
import { onConversationRemoved, onMemberLeft, onSessionsRevoked, onUserDisabled } from './on-access-lost.ts';

type Parts = Parameters<typeof onUserDisabled>[0];

/** What the stores were asked for, in words. */
let asked: string[];
let parts: Parts;
beforeEach(() => {
  asked = [];
  const note = (text: string) => Promise.resolve(void asked.push(text));
  parts = {
    clock: { timestamp: () => 'now' },
    entries: {
      withdraw: ({ userId, conversationId }: { userId: string | null; conversationId: string | null }, reason: string, now: string) =>
        note(`withdraw ${String(userId)} ${String(conversationId)} ${reason} ${now}`),
    },
    rules: { forget: (conversationId: string, userId?: string) => note(`forget ${conversationId} ${String(userId)}`) },
    subscriptions: {
      removeOfSessions: (userId: string, sessionIds: readonly string[] | null) => note(`remove ${userId} ${String(sessionIds)}`),
    },
  } as unknown as Parts;
});

const event = (payload: object) => ({ id: newId(), event: 'any', payload });

test('whoever is in a conversation no more gets nothing of it', async () => {
  await onMemberLeft(parts).handle(event({ conversationId: 'c1', rev: 3, userId: 'ana' }));
  expect(asked).toEqual(['withdraw ana c1 no_member now', 'forget c1 ana']);
});

test('nobody gets anything of a conversation that was removed', async () => {
  await onConversationRemoved(parts).handle(event({ conversationId: 'c1', memberIds: ['ana'] }));
  expect(asked).toEqual(['withdraw null c1 no_member now', 'forget c1 undefined']);
});

test('a closed account gets nothing, on no device', async () => {
  await onUserDisabled(parts).handle(event({ userId: 'ana' }));
  expect(asked).toEqual(['withdraw ana null account_closed now', 'remove ana null']);
});

test('a device that is signed out gets no pushes', async () => {
  await onSessionsRevoked(parts).handle(event({ userId: 'ana', sessionIds: ['s1'], reason: 'logged_out' }));
  expect(asked).toEqual(['remove ana s1']);
});
