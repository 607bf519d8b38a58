import type { User } from '../../../shared/model.ts';

/** An account in the console, with how its row takes a change. */
export interface AccountSubject {
  readonly user: User;
  readonly onChange: (user: User) => void;
  /** Shows a link that was just made. */
  readonly onLink: (link: { readonly user: User; readonly url: string }) => void;
}
