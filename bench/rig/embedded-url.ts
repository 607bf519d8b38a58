import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The PostgreSQL that a running server has in its data directory. */
export function embeddedUrl(dataDir: string): string {
  const password = readFileSync(path.join(dataDir, 'postgres.password'), 'utf8').trim();
  return `postgresql://confab:${encodeURIComponent(password)}@/confab?host=${encodeURIComponent(path.join(dataDir, 'run'))}`;
}
