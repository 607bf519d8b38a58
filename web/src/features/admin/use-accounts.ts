import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import type { User } from '../../shared/model.ts';
import { sortedPage } from '../../shared/state/paged-list.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';

/** All accounts that a search finds, closed ones too, each page in the order of names. */
export function useAccounts(query: string) {
  const { byName, client } = useApp();
  return usePagedList<User>(query, async (cursor) => {
    const page = await client.call(api.auth.listAccounts, { query, ...(cursor ? { cursor } : {}) });
    return sortedPage(page, (one, other) => byName(one.displayName, other.displayName));
  });
}
