import { offline } from './client-error.ts';
import type { OpenWire, Wire } from './wire.ts';

/**
 * A wire whose library is not a part of the program's first file: its reading begins at once, while the session is restored, and again with each
 * wire as long as it has failed.
 */
export function lateWire(read: () => Promise<OpenWire>): OpenWire {
  let reading: Promise<OpenWire> | null = null;
  const ready = (): Promise<OpenWire> =>
    (reading ??= read().catch((error: unknown) => {
      reading = null;
      throw error;
    }));
  ready().catch(() => undefined);
  return (at, handlers) => {
    let wire: Wire | null = null;
    let isClosed = false;
    ready().then(
      (open) => {
        if (!isClosed) wire = open(at, handlers);
      },
      () => {
        if (!isClosed) handlers.closed(offline('The code of the connection could not be read.'));
      },
    );
    return {
      emit: (command, payload, answered) => wire?.emit(command, payload, answered),
      close: () => {
        isClosed = true;
        wire?.close();
      },
    };
  };
}
