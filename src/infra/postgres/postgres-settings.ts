import type { ZodType } from 'zod';
import { Settings, settingsChanged } from '../../contracts/admin/settings.ts';

import type { Database } from '../../kernel/database.ts';
import type { LiveSettings } from '../../kernel/settings.ts';

/** Live settings in one row; `initial` holds where the row does not say otherwise, and fills it at the first start. */
export class PostgresSettings implements LiveSettings {
  readonly #database: Database;
  readonly #initial: Settings;
  #current: Settings;

  constructor(database: Database, initial: Settings) {
    this.#database = database;
    this.#initial = initial;
    this.#current = initial;
  }

  current(): Settings {
    return this.#current;
  }

  /** What another node or this one published. */
  take(settings: Settings): void {
    this.#current = settings;
  }

  async update(change: Partial<Settings>): Promise<Settings> {
    const settings = await this.#database.transaction(async (tx) => {
      const [row] = await tx.query<{ value: object }>('UPDATE kernel.settings SET value = value || $1::jsonb RETURNING value', [
        JSON.stringify(Settings.partial().parse(change)),
      ]);
      const updated = this.#complete(row?.value);
      tx.publish(settingsChanged, { settings: updated });
      return updated;
    });
    this.#current = settings;
    return settings;
  }

  async start(): Promise<void> {
    await this.#database.query('INSERT INTO kernel.settings (value) VALUES ($1::jsonb) ON CONFLICT DO NOTHING', [
      JSON.stringify(this.#initial),
    ]);
    const [row] = await this.#database.query<{ value: object }>('SELECT value FROM kernel.settings');
    this.#current = this.#complete(row?.value);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  #complete(stored: object | undefined): Settings {
    return { ...this.#initial, ...readable(stored) };
  }
}

/** Less what this version does not understand: a newer one may have stored it. */
const readable = (stored: object | undefined): Partial<Settings> =>
  Object.fromEntries(
    Object.entries(stored ?? {}).filter(([key, value]) => (Settings.shape as Record<string, ZodType>)[key]?.safeParse(value).success),
  );
