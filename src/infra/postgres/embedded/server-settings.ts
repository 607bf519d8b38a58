import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { privateFile } from '../../files/private-files.ts';
import { type Directories, socketPort } from './directories.ts';

/**
 * Small memory, full durability. Every process of a small server counts, so there are no parallel, replication or I/O
 * workers; connections come by the unix socket alone.
 */
const fixed = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',

  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'pglz',
  wal_buffers: '4MB',
  // Bounds the replay after a crash to a few seconds.
  max_wal_size: '384MB',
  min_wal_size: '64MB',
  checkpoint_timeout: '10min',

  max_connections: '30',
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '512MB',
  random_page_cost: '1.1',
  jit: 'off',
  huge_pages: 'off',
  io_method: 'sync',
  max_worker_processes: '0',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '1',
  autovacuum_worker_slots: '2',
  autovacuum_naptime: '1min',
  max_locks_per_transaction: '64',

  // The server's own events and its end only: statements and their values are the app's matter, and private.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
  log_line_prefix: '',
} as const;

/** Writes what holds for this start into the cluster and gives the words after `postgres`. */
export async function writeSettings(directories: Directories, overrides: Readonly<Record<string, string>>): Promise<string[]> {
  const settings = { ...fixed, port: String(socketPort), unix_socket_directories: `"${directories.sockets}"`, ...overrides };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  const file = join(directories.cluster, 'confab.conf');
  await privateFile(file);
  await writeFile(file, `# Written at every start; changes here are lost.\n${lines.join('\n')}\n`);
  return ['-D', directories.cluster, '-c', `config_file=${file}`];
}
