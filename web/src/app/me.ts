import type { Client } from '../../../client/index.ts';
import type { User } from '../shared/model.ts';
import { useSelected } from '../shared/state/use-store.ts';
import { useApp } from './app-context.tsx';

/** Who is signed in on this page, or null. */
export function userOf(client: Pick<Client, 'session'>): User | null {
  const session = client.session.get();
  return session.status === 'signed-in' ? session.user : null;
}

/** The signed-in person; for components that stand behind the sign-in only. */
export function useMe(): User {
  const { client } = useApp();
  const user = useSelected(client.session, (session) => (session.status === 'signed-in' ? session.user : null));
  if (!user) throw new Error('rendered while signed out');
  return user;
}

export const isAdmin = (user: User | null): boolean => user?.role === 'owner' || user?.role === 'admin';
