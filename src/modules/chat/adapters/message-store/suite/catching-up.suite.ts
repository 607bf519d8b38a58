import type { Message } from '../../../../../contracts/chat/entities.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { type Begin, later, opened, said } from './store-under-test.ts';

export function catchingUpSuite(begin: Begin): void {
  test('pages of changes add up to exactly the log, from any rev (G4)', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    const states = new Map<number, Message>();
    const remember = (message: Message): Message => {
      states.set(message.rev, message);
      return message;
    };
    const messages: Message[] = [];
    for (let count = 0; count < 12; count++) messages.push(remember(await said(store, id, ana)));
    for (const index of [1, 4, 4, 9])
      remember(await store.messages.edit(messages[index]!, ana, () => ({ text: `edit ${newId()}`, mentions: [], editedAt: later })));
    remember(await store.messages.empty(messages[2]!, ana, () => ({ deletedAt: later })));
    const upto = (await store.conversations.heads([id])).get(id)!;
    const log = await store.messages.page(id, { after: 0 }, 100);
    for (const known of [0, 1, 5, 13, upto - 1, upto]) {
      const found: Message[] = [];
      for (let rev = known; ; rev = found.at(-1)!.rev) {
        const page = (await store.messages.changesSince([{ conversationId: id, known: rev }], 3)).get(id) ?? [];
        found.push(...page);
        if (page.length < 3) break;
      }
      expect(found).toEqual(log.filter(({ rev }) => rev > known).sort((one, other) => one.rev - other.rev));
    }
  });

  test('changes of several conversations come apart, each from its own rev', async () => {
    const store = begin().open();
    const ana = newId();
    const [one, other, quiet] = [await opened(store, ana), await opened(store, ana), await opened(store, ana)];
    const first = await said(store, one, ana);
    const second = await said(store, one, ana);
    const third = await said(store, other, ana);
    const found = await store.messages.changesSince(
      [
        { conversationId: one, known: first.rev },
        { conversationId: other, known: 0 },
        { conversationId: quiet, known: 0 },
      ],
      10,
    );
    expect([...found]).toEqual([
      [one, [second]],
      [other, [third]],
      [quiet, []],
    ]);
  });
}
