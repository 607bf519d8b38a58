import { changeUserSettings, getUserSettings } from '../src/contracts/auth/own-settings.ts';
import type { OwnSettings } from '../src/contracts/auth/own-settings.ts';
import { defaultUserSettings, type UserSettings } from '../src/contracts/user-setting-values.ts';
import type { Client, OwnSettingsHandle, UserSettingsChange } from './client.ts';
import { asClientError, ClientError } from './client-error.ts';
import { Cell } from './readable.ts';
import type { UnsentSettings } from './unsent-settings.ts';
import { OptimisticUpdates } from './optimistic-updates.ts';

export interface OwnSettingsParts {
  readonly call: Client['call'];
  readonly isConnected: () => boolean;
  readonly unsent: UnsentSettings;
}

/** The settings of the person who is signed in: as the server last said them, with what this device changes and the server has not answered yet. */
export class OwnSettingsOfDevice implements OwnSettingsHandle {
  readonly #parts: OwnSettingsParts;
  readonly #shown = new Cell<UserSettings | null>(null);
  readonly #updates: OptimisticUpdates<unknown>;
  readonly get = this.#shown.get;
  readonly subscribe = this.#shown.subscribe;
  #known: OwnSettings | null = null;
  #userId: string | null = null;
  /** Counts the people who signed in here: an answer to a call of one of them is not taken for the next. */
  #turn = 0;
  /** Changes that wait for a connection. */
  #waiting: { readonly goOn: () => void; readonly giveUp: () => void }[] = [];

  constructor(parts: OwnSettingsParts) {
    this.#parts = parts;
    this.#updates = new OptimisticUpdates(() => {
      this.#publish();
    });
  }

  readonly change = async (change: UserSettingsChange): Promise<void> => {
    const turn = this.#turn;
    const entries = Object.entries(change).filter(([, value]) => value !== undefined);
    this.#keep({ ...this.#unsent(), ...change });
    await Promise.all(entries.map(([key, value]) => this.#ask(key, value, turn)));
  };

  /** Another person, or nobody (null). What the person changed before and was never answered is sent now. */
  begin(userId: string | null): void {
    this.#turn++;
    this.#userId = userId;
    this.#known = null;
    this.#updates.forget();
    for (const { giveUp } of this.#waiting.splice(0)) giveUp();
    this.#publish();
    // A refusal leaves all as the server has it.
    this.change(this.#unsent()).catch(() => undefined);
  }

  /** After a sign-out nothing of the person stays on the device. */
  forget(userId: string): void {
    this.#parts.unsent.write(userId, {});
  }

  /** The connection is back: what other devices changed meanwhile is read, and what waited is sent. */
  resume(): void {
    for (const { goOn } of this.#waiting.splice(0)) goOn();
    const turn = this.#turn;
    this.#parts.call(getUserSettings, {}).then(
      (answer) => {
        this.#take(answer, turn);
      },
      // Read again on the next connection.
      () => undefined,
    );
  }

  /** A change of this or another device. */
  readonly changed = (settings: OwnSettings): void => {
    this.#take(settings, this.#turn);
  };

  async #ask(key: string, value: unknown, turn: number): Promise<void> {
    try {
      await this.#updates.request(key, value, (wanted) => this.#send({ [key]: wanted }, turn));
    } finally {
      // Answered, unless the session ended first: then it waits for the next one of the same person.
      if (turn === this.#turn) this.#keep(Object.fromEntries(Object.entries(this.#unsent()).filter(([kept]) => kept !== key)));
    }
  }

  #unsent(): UserSettingsChange {
    return this.#userId === null ? {} : this.#parts.unsent.read(this.#userId);
  }

  #keep(change: UserSettingsChange): void {
    if (this.#userId !== null) this.#parts.unsent.write(this.#userId, change);
  }

  async #send(change: UserSettingsChange, turn: number): Promise<void> {
    for (;;) {
      try {
        this.#take(await this.#parts.call(changeUserSettings, change), turn);
        return;
      } catch (error) {
        if (turn !== this.#turn || asClientError(error).code !== 'offline' || this.#parts.isConnected()) throw error;
        await this.#connection();
      }
    }
  }

  #connection(): Promise<void> {
    return new Promise((goOn, reject) => {
      const giveUp = (): void => {
        reject(new ClientError('client_closed', { detail: 'The session ended before this was sent.' }));
      };
      this.#waiting.push({ goOn, giveUp });
    });
  }

  #take(answer: OwnSettings, turn: number): void {
    if (turn !== this.#turn || answer.rev < (this.#known?.rev ?? 0)) return;
    this.#known = answer;
    this.#publish();
  }

  #publish(): void {
    if (!this.#known) {
      this.#shown.set(null);
      return;
    }
    const wanted = [...this.#updates.all].map(([key, value]) => [key, value ?? defaultUserSettings[key as keyof UserSettings]]);
    this.#shown.set({ ...this.#known.settings, ...(Object.fromEntries(wanted) as Partial<UserSettings>) });
  }
}
