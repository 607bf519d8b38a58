import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Queryable } from '../../kernel/database/database.ts';
import { newSecret } from '../../kernel/ids.ts';
import type { SecretBox } from './domain/secret-box.ts';

/** The one-time token that makes the first owner: in the database for all processes, in a file for the person. */
export class SetupToken {
  readonly #database: Database;
  readonly #box: SecretBox;
  readonly #file: string;
  readonly #clock: Clock;

  constructor(database: Database, { box, dataDir, clock }: { box: SecretBox; dataDir: string; clock: Clock }) {
    this.#database = database;
    this.#box = box;
    this.#file = join(dataDir, 'setup-token');
    this.#clock = clock;
  }

  /** Makes the token at the first start and writes the file until the team exists. */
  async prepare(): Promise<void> {
    await this.#database.query('INSERT INTO auth.setup (token_box) VALUES ($1) ON CONFLICT DO NOTHING', [this.#box.seal(newSecret())]);
    const token = await this.read();
    if (token === null) {
      await this.removeFile();
      return;
    }
    await mkdir(join(this.#file, '..'), { recursive: true });
    await writeFile(this.#file, `${token}\n`, { mode: 0o600 });
    await chmod(this.#file, 0o600);
  }

  /** Null once the team exists. A token sealed under another secret is replaced. */
  async read(): Promise<string | null> {
    const [row] = await this.#database.query<{ token_box: string | null; done_at: string | null }>(
      'SELECT token_box, done_at FROM auth.setup',
    );
    if (!row || row.done_at !== null || row.token_box === null) return null;
    const token = this.#box.open(row.token_box);
    if (token !== null) return token;
    const fresh = newSecret();
    await this.#database.query('UPDATE auth.setup SET token_box = $1 WHERE done_at IS NULL', [this.#box.seal(fresh)]);
    return fresh;
  }

  /** Whether this call is the one that sets the team up. */
  async spend(on: Queryable): Promise<boolean> {
    const rows = await on.query('UPDATE auth.setup SET done_at = $1, token_box = NULL WHERE done_at IS NULL RETURNING id', [
      this.#clock.timestamp(),
    ]);
    return rows.length > 0;
  }

  async isDone(): Promise<boolean> {
    const rows = await this.#database.query('SELECT 1 FROM auth.setup WHERE done_at IS NOT NULL');
    return rows.length > 0;
  }

  removeFile(): Promise<void> {
    return rm(this.#file, { force: true });
  }
}
