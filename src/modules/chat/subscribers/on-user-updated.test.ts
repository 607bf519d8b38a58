import { userUpdated } from '../../../contracts/auth/accounts.ts';
import { newId } from '../../../kernel/ids.ts';
import type { ChatParts } from '../parts.ts';
import { onUserUpdated } from './on-user-updated.ts';

test('an account that changed is read again', async () => {
  const forgotten: string[] = [];
  const { event, mode, handle } = onUserUpdated({ accounts: { forget: (id: string) => void forgotten.push(id) } } as unknown as ChatParts);
  expect([event, mode]).toEqual([userUpdated, 'live']);
  const id = newId();
  await handle({ id: newId(), event: userUpdated.name, payload: { user: { id } } });
  expect(forgotten).toEqual([id]);
});
