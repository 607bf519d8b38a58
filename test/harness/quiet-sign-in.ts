import { eventually } from './eventually.ts';
import type { Actor } from './team.ts';
import type { Visitor } from './visitor.ts';

/** Signs in with a browser that the account does not know, and reads the notice that says so: what notifies afterwards can be counted. */
export async function quietSignIn(visitor: Visitor, person: Actor): Promise<void> {
  const notices = async (): Promise<number> => {
    const { items } = await person.api.ok<{ items: { cause: string }[] }>('GET', '/notifications');
    return items.filter(({ cause }) => cause === 'security').length;
  };
  const before = await notices();
  await visitor.page.goto('/sign-in');
  await visitor.signIn(person.name);
  await eventually(async () => expect(await notices()).toBe(before + 1));
  await person.api.ok('POST', '/notifications/read', {});
}
