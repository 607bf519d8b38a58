import type { Session } from '../../shared/model.ts';

/**
 * Where else a session was used, if that looks like somebody else. The same browser at the same address is the person themself: a page that is
 * reloaded before its answer has come presents its token once more.
 */
export const otherUse = ({ address, device, alsoUsed }: Session): Session['alsoUsed'] =>
  alsoUsed?.address === address && alsoUsed.device === device ? undefined : alsoUsed;
