import type { User } from '../../src/contracts/auth/accounts.ts';
import type { Conversation } from '../../src/contracts/chat/conversations.ts';
import { noise } from '../../src/modules/media/adapters/previews/pictures.fixture.ts';
import { loads, setsAvatar } from '../harness/avatars.ts';
import { eventually } from '../harness/eventually.ts';
import type { Scene } from '../harness/team.ts';

export const avatars = {
  'a picture of a person reaches everybody, is loaded without a token, and goes when it is replaced': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const boriss = await boris.comesOnline();
    const first = await setsAvatar(ana, await noise(30, 20));
    await boriss.receives('user:updated', ({ user }) => (user as User).avatarUrl === first);
    // The node or process that answers may be another one than that of the change.
    await eventually(async () => {
      expect((await loads(boris, first)).status).toBe(200);
    });
    const second = await setsAvatar(ana, await noise(20, 30));
    expect(second).not.toBe(first);
    await boriss.receives('user:updated', ({ user }) => (user as User).avatarUrl === second);
    await eventually(async () => {
      expect((await loads(boris, first)).status).toBe(404);
    });
    await ana.api.ok('DELETE', '/users/me/avatar');
    await eventually(async () => {
      expect((await boris.api.ok<User>('GET', `/users/${ana.id}`)).avatarUrl).toBeNull();
      expect((await loads(boris, second)).status).toBe(404);
    });
  },

  'a picture of a conversation reaches its members, and goes with the conversation': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const boriss = await boris.comesOnline();
    const url = await setsAvatar(ana, await noise(30, 20), { of: `/conversations/${id}` });
    await boriss.receives('conversation:updated', ({ conversation }) => (conversation as Conversation).avatarUrl === url);
    await eventually(async () => {
      expect((await loads(boris, url)).status).toBe(200);
    });
    await ana.api.ok('DELETE', `/conversations/${id}`);
    await eventually(async () => {
      expect((await loads(boris, url)).status).toBe(404);
    });
  },
};
