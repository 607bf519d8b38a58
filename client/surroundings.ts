/** Runs `work` while no other tab of this origin runs work of the same name. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** What differs between a browser and a program. */
export interface Surroundings {
  readonly isBrowser: boolean;
  readonly exclusively: Exclusively;
  /** Calls back when the network came, went, or the page was shown again; answers how to stop. */
  watchNetwork(handlers: { came: () => void; went: () => void; shown: () => void }): () => void;
}

const program: Surroundings = {
  isBrowser: false,
  exclusively: (_name, work) => work(),
  watchNetwork: () => () => undefined,
};

export function surroundings(): Surroundings {
  if (typeof window === 'undefined' || typeof document === 'undefined') return program;
  // Absent on plain http beyond localhost; the server bears two tabs that renew together, and repeats are no doubles.
  const locks = (navigator as { locks?: LockManager }).locks;
  return {
    isBrowser: true,
    exclusively: locks ? (name, work) => locks.request(name, work) : program.exclusively,
    watchNetwork,
  };
}

function watchNetwork({ came, went, shown }: { came: () => void; went: () => void; shown: () => void }): () => void {
  const seen = (): void => {
    if (document.visibilityState === 'visible') shown();
  };
  window.addEventListener('online', came);
  window.addEventListener('offline', went);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', came);
    window.removeEventListener('offline', went);
    document.removeEventListener('visibilitychange', seen);
  };
}
