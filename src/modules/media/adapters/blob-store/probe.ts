import { newBlobKey } from '../../domain/blob-key.ts';
import type { BlobStore } from '../../ports.ts';

interface ProbeOptions {
  /** As the log names the store. */
  readonly name: string;
  /** Bytes above which the store is written to in parts. */
  readonly pieceBytes: number;
  readonly faultText: (error: unknown) => string;
}

/** Does once what uploads and downloads do, with bytes of its own. Rejects with what the store cannot do, and why. */
export async function probeStore(
  store: Pick<BlobStore, 'put' | 'read' | 'list' | 'delete'>,
  { name, pieceBytes, faultText }: ProbeOptions,
): Promise<void> {
  const [small, large] = [newBlobKey(), newBlobKey()];
  const tried = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw new Error(`the store of files (${name}) cannot ${what}: ${faultText(error)}`, { cause: error });
    }
  };
  const remove = () => Promise.all([store.delete(small), store.delete(large)]);
  try {
    await tried('write', () => store.put(small, inTurn(Buffer.from('probe'))));
    await tried('read a range', () => probeRange(store, small));
    await tried('write in parts', () => store.put(large, inTurn(Buffer.alloc(pieceBytes), Buffer.from('probe'))));
    await tried('list', () => store.list(null, 1));
  } catch (error) {
    await remove().catch(() => undefined);
    throw error;
  }
  await tried('delete', remove);
}

async function probeRange(store: Pick<BlobStore, 'read'>, key: string): Promise<void> {
  const text = await new Response(await store.read(key, { start: 1, end: 2 })).text();
  if (text !== 'ro') throw new Error('it answers another range than it is asked for');
}

async function* inTurn(...parts: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}
