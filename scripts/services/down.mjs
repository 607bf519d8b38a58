// Stops servers in order and takes away what they left.
import { removeFromDocker } from './docker.mjs';
import { placeOf } from './places.mjs';
import { end, straysOf } from './processes.mjs';
import { forget, readState, removeDirectory } from './state.mjs';

const usualGraceMs = 20_000;

/** Resolves with the names of those that were there. With `keep` their data stays for the next `up`. */
export async function down(servers, { keep = false } = {}) {
  const ended = await Promise.all(
    servers.map(async (server) => {
      const place = placeOf(server);
      const state = await readState(place);
      await endProcesses(server, place, state);
      await (keep ? forget(place) : removeDirectory(place));
      return state === null ? [] : [server.name];
    }),
  );
  return ended.flat();
}

/** The last started ends first; then whatever was left over by a start or a stop that was itself killed. */
export async function endProcesses(server, place, state, graceMs = usualGraceMs) {
  if (state?.inDocker) await removeFromDocker(server, place);
  for (const one of [...(state?.processes ?? [])].reverse()) await end(one, server.stopSignal ?? 'SIGTERM', graceMs);
  for (const stray of straysOf(place.directory)) await end(stray, 'SIGTERM', graceMs);
}
