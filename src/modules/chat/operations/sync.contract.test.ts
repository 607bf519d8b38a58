import { addMembers, editMessage, markRead, sync, updateConversation } from '../../../contracts/chat/operations.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat-bench.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a client that knows nothing gets its conversations and no changes', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  await chat.say(ana, { id }, 'text');
  const { conversations, removed, changes, reads } = await chat.call(ana, sync, { revs: {} });
  expect(conversations.map((one) => [one.id, one.lastSeq])).toEqual([[id, 1]]);
  expect([removed, changes, reads]).toEqual([[], {}, { [id]: 1 }]);
});

test('a client gets exactly what it missed, and nothing when it missed nothing', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const known = await chat.say(ana, { id }, 'known');
  const missed = await chat.say(ana, { id }, 'missed');
  const edited = await chat.call(ana, editMessage, { messageId: known.id, text: 'known, edited' });
  const answer = await chat.call(boris, sync, { revs: { [id]: known.rev } });
  expect(answer.changes[id]).toEqual({ messages: [missed, edited], uptoRev: edited.rev, more: false, reset: false });
  const again = await chat.call(boris, sync, { revs: { [id]: edited.rev } });
  expect([again.conversations, again.changes]).toEqual([[], {}]);
});

test('a change of members alone moves the rev without messages', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  const { rev: joined } = await chat.call(ana, addMembers, { conversationId: id, userIds: [chat.person().userId] });
  const { changes, conversations } = await chat.call(ana, sync, { revs: { [id]: rev } });
  expect(changes[id]).toEqual({ messages: [], uptoRev: joined, more: false, reset: false });
  expect(conversations[0]?.memberCount).toBe(2);
});

test('much that was missed comes in pages that add up', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  await Promise.all(Array.from({ length: 450 }, () => chat.say(ana, { id }, 'text')));
  const seqs: number[] = [];
  let known = rev;
  let calls = 0;
  for (let more = true; more; calls++) {
    const { changes } = await chat.call(ana, sync, { revs: { [id]: known } });
    seqs.push(...(changes[id]?.messages.map(({ seq }) => seq) ?? []));
    known = changes[id]?.uptoRev ?? known;
    more = changes[id]?.more ?? false;
  }
  expect(seqs).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
  expect(calls).toBe(3);
});

test('what is not the caller’s is removed, whether it ever existed or not', async () => {
  const ana = chat.person();
  const { id } = await chat.group(chat.person());
  const unknown = newId();
  const { removed, changes } = await chat.call(ana, sync, { revs: { [id]: 0, [unknown]: 3 } });
  expect([removed.sort(), changes]).toEqual([[id, unknown].sort(), {}]);
});

test('a client ahead of the log is told to start over', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  const { changes } = await chat.call(ana, sync, { revs: { [id]: rev + 7 } });
  expect(changes[id]).toEqual({ messages: [], uptoRev: rev, more: false, reset: true });
});

test('read marks come for every conversation, also unchanged ones', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const { rev } = await chat.say(ana, { id }, 'text');
  await chat.call(boris, markRead, { conversationId: id, seq: 1 });
  expect((await chat.call(boris, sync, { revs: { [id]: rev } })).reads).toEqual({ [id]: 1 });
});

test('mutes are told, though they make no rev', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  await chat.call(ana, updateConversation, { conversationId: id, muted: true });
  expect((await chat.call(ana, sync, { revs: { [id]: rev } })).muted).toEqual([id]);
  await chat.call(ana, updateConversation, { conversationId: id, muted: false });
  expect((await chat.call(ana, sync, { revs: { [id]: rev } })).muted).toEqual([]);
});

test('revs of what are no ids are refused', async () => {
  expect(await refusal(chat.call(chat.person(), sync, { revs: { __proto__x: 1 } }))).toBe('validation_failed');
  expect(await refusal(chat.call(chat.person(), sync, { revs: { [newId()]: -1 } }))).toBe('validation_failed');
});
