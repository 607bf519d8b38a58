import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../../test/harness/eventually.ts';
import { allProcesses, environmentOf, isAlive, processTree } from './process-tree.ts';
import { killTree } from './started-process.ts';

const marker = 'CONFAB_KILLED_TREE';

test('a process that begins while its tree is killed does not outlive it', async () => {
  const name = `${String(process.pid)}-${String(performance.now())}`;
  const root = spawn('sh', ['-c', 'for n in $(seq 3000); do sleep 60 & done; wait'], { env: { ...process.env, [marker]: name } });
  const gone = once(root, 'exit');
  const pid = root.pid ?? 0;
  await eventually(() => {
    expect(processTree(pid).length).toBeGreaterThan(5);
  });
  expect(killTree(pid)).toContain(pid);
  await gone;
  await eventually(() => {
    expect(allProcesses().filter((each) => environmentOf(each, marker) === name && isAlive(each))).toEqual([]);
  });
});
