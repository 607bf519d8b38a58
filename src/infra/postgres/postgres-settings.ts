import type { SettingsOf, TeamSettings } from '../../contracts/define.ts';
import type { Database, Transaction } from '../../kernel/database.ts';
import type { LiveSettings } from '../../kernel/settings.ts';

interface SettingsParts<A extends TeamSettings> {
  readonly database: Database;
  /** The settings of every area. */
  readonly all: A;
  /** Holds where the row does not say otherwise, and fills it at the first start. */
  readonly initial: SettingsOf<A>;
  /** Publishes what holds after a change, in its transaction. */
  publish(tx: Transaction, settings: SettingsOf<A>): void;
}

/** Live settings in one row. */
export class PostgresSettings<A extends TeamSettings = TeamSettings> implements LiveSettings {
  readonly #parts: SettingsParts<A>;
  #current: SettingsOf<A>;
  #reading: Promise<void> | null = null;
  /** How often a read was asked for. */
  #asked = 0;

  constructor(parts: SettingsParts<A>) {
    this.#parts = parts;
    this.#current = parts.initial;
  }

  of<T extends TeamSettings>(_declared: T): SettingsOf<T> {
    return this.#current as SettingsOf<TeamSettings> as SettingsOf<T>;
  }

  /** What another node or this one published. */
  take(settings: SettingsOf<A>): void {
    this.#current = settings;
  }

  async update<T extends TeamSettings>(declared: T, change: Partial<SettingsOf<T>>): Promise<SettingsOf<T>> {
    const { database, publish } = this.#parts;
    const settings = await database.transaction(async (tx) => {
      const [row] = await tx.query<{ value: object }>('UPDATE kernel.settings SET value = value || $1::jsonb RETURNING value', [
        JSON.stringify(declared.schema.partial().parse(change)),
      ]);
      const updated = this.#complete(row?.value);
      publish(tx, updated);
      return updated;
    });
    // Not `settings`: a later change may have been stored and received since.
    await this.refresh().catch(() => {
      this.take(settings);
    });
    return this.of(declared);
  }

  async start(): Promise<void> {
    const { database, initial } = this.#parts;
    await database.query('INSERT INTO kernel.settings (value) VALUES ($1::jsonb) ON CONFLICT DO NOTHING', [JSON.stringify(initial)]);
    await this.refresh();
  }

  /** Reads what is stored by now. */
  refresh(): Promise<void> {
    this.#asked++;
    this.#reading ??= this.#read();
    return this.#reading;
  }

  /** One read at a time, and one more where somebody asked meanwhile: the answer under way may be older than the change they know of. */
  async #read(): Promise<void> {
    try {
      for (let isLatest = false; !isLatest;) {
        const asked = this.#asked;
        const [row] = await this.#parts.database.query<{ value: object }>('SELECT value FROM kernel.settings');
        isLatest = asked === this.#asked;
        if (isLatest) this.#current = this.#complete(row?.value);
      }
    } finally {
      this.#reading = null;
    }
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** With the initial values in place of what is not stored, or what this version does not understand: a newer one may have stored it. */
  #complete(stored: object | undefined): SettingsOf<A> {
    const { all, initial } = this.#parts;
    const readable = Object.entries(stored ?? {}).filter(([key, value]) => all.schema.shape[key]?.safeParse(value).success);
    return { ...initial, ...Object.fromEntries(readable) };
  }
}
