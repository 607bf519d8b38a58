import { contextOf } from '../../test/harness/contexts.ts';
import { getUser, listUsers } from '../contracts/auth/accounts.ts';
import { listPeople } from '../contracts/chat/members.ts';
import { markRead } from '../contracts/chat/read-state.ts';
import type { Operation } from '../contracts/define.ts';
import { readPresence, subscribe } from '../contracts/presence/statuses.ts';
import type { BusCaller } from '../kernel/bus/bus.ts';
import { newId } from '../kernel/ids.ts';
import { isNarrowed, withPeople } from './guest-people.ts';

const [shown, hidden] = [newId(), newId()];
const context = contextOf('guest');

/** A chat that knows whom the guest shares a conversation with. */
function chat() {
  const asked: unknown[] = [];
  const call = (operation: Operation, input: { userIds: string[]; among?: string[] }) => {
    asked.push([operation.name, input]);
    const [userId = ''] = input.userIds;
    return Promise.resolve({ people: { [userId]: [userId, ...(input.among ?? [shown]).filter((id) => id === shown)] } });
  };
  return { asked, bus: { call } as unknown as BusCaller };
}

test('only a guest’s calls that speak of people are narrowed', () => {
  const narrowed = [getUser, listUsers, readPresence, subscribe];
  for (const operation of narrowed) {
    expect([isNarrowed(operation, context), isNarrowed(operation, contextOf('member'))]).toEqual([true, false]);
    expect([isNarrowed(operation, contextOf('owner')), isNarrowed(operation, { ...context, actor: null })]).toEqual([false, false]);
  }
  expect(isNarrowed(markRead, context)).toBe(false);
});

test('those named in the call are looked up, in any spelling of their ids', async () => {
  const me = context.actor?.userId ?? '';
  for (const [operation, input] of [
    [getUser, { userId: shown.toUpperCase() }],
    [readPresence, { userIds: [shown.toUpperCase(), hidden] }],
  ] as const) {
    const { asked, bus } = chat();
    const { people, actor } = await withPeople(bus, { operation, input, context });
    expect([people, actor]).toEqual([[me, shown], context.actor]);
    expect(asked).toEqual([[listPeople.name, { userIds: [me], among: 'userIds' in input ? [shown, hidden] : [shown] }]]);
  }
});

test('a list is narrowed to all of them', async () => {
  const { asked, bus } = chat();
  const me = context.actor?.userId ?? '';
  expect((await withPeople(bus, { operation: listUsers, input: { query: 'x' }, context })).people).toEqual([me, shown]);
  expect(asked).toEqual([[listPeople.name, { userIds: [me] }]]);
});

test.each([[null], [undefined], [7], [{}], [{ userIds: 'all' }], [{ userIds: [shown, 7] }], [{ userIds: { $ne: null } }]])(
  'what names nobody that there could be is left to the check of the call: %j',
  async (input) => {
    const { asked, bus } = chat();
    expect(await withPeople(bus, { operation: readPresence, input, context })).toEqual(context);
    expect(asked).toEqual([]);
  },
);
