import { api, type Client } from '../../../client/index.ts';
import type { Team } from '../shared/model.ts';
import { store, type Readable } from '../shared/state/store.ts';

export interface TeamState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly team: Team | null;
}

export interface TeamStore {
  readonly state: Readable<TeamState>;
  load(): Promise<void>;
}

/** What anyone may know of the team; asked again by itself while the server cannot be reached. */
export function teamStore(client: Client): TeamStore {
  const state = store<TeamState>({ status: 'loading', team: null });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const load = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      state.set({ status: 'ready', team: await client.call(api.auth.getTeam, {}) });
    } catch {
      state.update(({ team }) => ({ status: 'failed', team }));
      timer = setTimeout(() => void load(), retryMs);
    }
  };
  return { state, load };
}

const retryMs = 3000;
