import { ConfigFault, readConfig } from '../../src/host/config.ts';

/** What is wrong with an environment; none where it is a whole configuration. */
export function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env, false);
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
}
