import { spawnSync } from 'node:child_process';

const mark = 'CONFAB_ATTACK_NAMESPACE';
// Loopback's own buffers take 4 MB of an answer at once and so hide a slow line; an ordinary line takes a few hundred KB.
const settings = ['net.ipv4.tcp_wmem=4096 65536 262144', 'net.ipv4.tcp_rmem=4096 65536 262144'];

/** Whether sockets have the buffers of an ordinary line here. */
export const hasSmallBuffers = (): boolean => process.env[mark] === 'yes';

/**
 * Runs this program again in a network namespace of its own whose TCP buffers are small, and ends with its exit code.
 * Returns where that is not possible (no root, no iproute2): the attacks run on plain loopback then.
 */
export function enterSmallBuffers(): void {
  if (hasSmallBuffers() || process.getuid?.() !== 0) return;
  const prepare = ['ip link set lo up', ...settings.map((setting) => `sysctl -qw '${setting}'`)].join(' && ');
  if (spawnSync('unshare', ['--net', 'sh', '-c', prepare]).status !== 0) return;
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const { status } = spawnSync('unshare', ['--net', 'sh', '-c', `${prepare} && exec "$@"`, 'attack', ...again], {
    stdio: 'inherit',
    env: { ...process.env, [mark]: 'yes' },
  });
  process.exit(status ?? 1);
}
