import type { IconName } from '../../shared/icons.tsx';
import type { PlainKey } from '../../shared/i18n/translate.ts';
import type { LocalApp } from '../app-context.tsx';

/**
 * One thing a person can do, declared once: menus, shortcuts and the command palette are made from it.
 * `S` is what it is done to; actions of the whole app have none.
 */
export interface Action<S = undefined> {
  /** `area.verbNoun`, unique. */
  readonly name: string;
  readonly label: PlainKey;
  readonly icon: IconName;
  /** As `keys.ts` reads it: `Mod+K`, `Alt+ArrowDown`, `E`. */
  readonly keys?: string;
  readonly danger?: true;
  /** Whether it is available now; an action that is not is not offered. */
  readonly test: (app: LocalApp, subject: S) => boolean;
  readonly perform: (app: LocalApp, subject: S) => Promise<void> | void;
}
