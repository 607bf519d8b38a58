import { eventsMayBeLost } from '../../../contracts/nodes/nodes.ts';
import { newId } from '../../../kernel/ids.ts';
import type { ChatParts } from '../parts.ts';
import { onEventsMayBeLost } from './on-events-may-be-lost.ts';

test.each([false, true])('while events may be lost, and once it is over (%p), memberships and accounts are read again', async (over) => {
  const forgotten: string[] = [];
  const { event, mode, handle } = onEventsMayBeLost({
    memberships: { forgetAll: () => void forgotten.push('memberships') },
    accounts: { forgetAll: () => void forgotten.push('accounts') },
  } as unknown as ChatParts);
  expect([event, mode]).toEqual([eventsMayBeLost, 'live']);
  await handle({ id: newId(), event: eventsMayBeLost.name, payload: { over } });
  expect(forgotten).toEqual(['memberships', 'accounts']);
});
