import type { BusCaller } from '../../kernel/bus/bus.ts';
import { systemContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { OpenAccounts } from './open-accounts.ts';

/** A bus whose answers come when they are asked for. */
function pausedBus() {
  const calls: { answer: (isOpen: boolean) => void; fail: (error: Error) => void }[] = [];
  const bus = {
    call: () =>
      new Promise((resolve, reject) => {
        calls.push({
          answer: (isOpen) => {
            resolve({ items: isOpen ? [{}] : [] });
          },
          fail: reject,
        });
      }),
  };
  return { calls, accounts: new OpenAccounts(bus as unknown as BusCaller) };
}

const [ana, boris] = [newId(), newId()];

test('many who ask about one account at once share one question', async () => {
  const { calls, accounts } = pausedBus();
  const answers = [ana, ana, boris, ana].map((id) => accounts.ask(id, systemContext()));
  expect(calls).toHaveLength(2);
  calls[0]?.answer(true);
  calls[1]?.answer(false);
  await expect(Promise.all(answers)).resolves.toEqual([true, true, false, true]);
  expect([accounts.known(ana), accounts.known(boris)]).toEqual([true, false]);
});

test('who asks after the account changed gets no answer from before', async () => {
  const { calls, accounts } = pausedBus();
  const before = accounts.ask(ana, systemContext());
  accounts.forget(ana);
  const after = accounts.ask(ana, systemContext());
  calls[0]?.answer(true);
  await before;
  expect(accounts.known(ana)).toBeUndefined();
  calls[1]?.answer(false);
  await expect(after).resolves.toBe(false);
  expect(accounts.known(ana)).toBe(false);
});

test('what was under way when all were forgotten is not kept', async () => {
  const { calls, accounts } = pausedBus();
  const asked = accounts.ask(ana, systemContext());
  accounts.forgetAll();
  calls[0]?.answer(true);
  await asked;
  expect(accounts.known(ana)).toBeUndefined();
});

test('a question that failed is asked again', async () => {
  const { calls, accounts } = pausedBus();
  const failing = [ana, ana].map((id) => accounts.ask(id, systemContext()));
  calls[0]?.fail(new Error('away'));
  for (const answer of failing) await expect(answer).rejects.toThrow('away');
  const again = accounts.ask(ana, systemContext());
  calls[1]?.answer(true);
  await expect(again).resolves.toBe(true);
});
