import { isServerNode, ownResidentKb, processTree } from '../rig/process-tree.ts';
import type { StartedProcess } from '../rig/started-process.ts';
import { Content } from './content.ts';
import { cuttingProxy } from './cutting-proxy.ts';
import { download, sendThrough, type Place } from './uploader.ts';

/** What a large file may add to the memory of the server, MB. */
const mostGrowthMb = 64;

export interface Verdict {
  readonly line: string;
  readonly faults: readonly string[];
}

/** A large file goes up over a line that is cut every three seconds, and down; the server's memory is watched meanwhile. */
export async function largeFile(server: StartedProcess, place: Place, bytes: number): Promise<Verdict> {
  const watch = watchMemory(server);
  const proxy = await cuttingProxy(place.port, 3_000);
  try {
    const since = performance.now();
    const { resumed, faults } = await thereAndBack({ ...place, port: proxy.port }, place, new Content('large', bytes));
    const seconds = (performance.now() - since) / 1000;
    const growth = watch.end();
    if (growth > mostGrowthMb) faults.push(`the server grew by ${growth.toFixed(0)} MB (${String(mostGrowthMb)} agreed)`);
    const gigabytes = (bytes / 2 ** 30).toFixed(1);
    const line = `${gigabytes} GB up over ${String(proxy.cuts())} cuts (went on ${String(resumed)} times) and down in ${seconds.toFixed(1)} s, the server grew by ${growth.toFixed(0)} MB`;
    return { line, faults };
  } finally {
    watch.end();
    proxy.close();
  }
}

async function thereAndBack(up: Place, down: Place, content: Content): Promise<{ resumed: number; faults: string[] }> {
  const { id, resumed } = await sendThrough(up, content);
  const found = await download(down, id);
  return { resumed, faults: found.sha256 === content.sha256() ? [] : [`a file of ${String(content.size)} bytes came back as others`] };
}

/** Its growth is what it has at most over what it has now, MB. */
function watchMemory({ pid }: StartedProcess): { end: () => number } {
  const node = processTree(pid).findLast(isServerNode) ?? pid;
  const before = ownResidentKb(node);
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, ownResidentKb(node));
  }, 50);
  return {
    end: () => {
      clearInterval(timer);
      return (most - before) / 1024;
    },
  };
}
