import type { EventDeclaration, Payload } from '../../contracts/define.ts';
import type { Role } from '../../contracts/auth/accounts.ts';
import type { Turn } from './domain/concurrency-limiter.ts';

/** An account as it is stored. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly role: Role;
  readonly active: boolean;
  /** Null until a reset link sets a password. */
  readonly passwordHash: string | null;
  /** Raised by each change of password, role or state and by each forced sign-out. */
  readonly credentialsRev: number;
  readonly createdAt: Date;
}

export type NewAccount = Pick<Account, 'username' | 'email' | 'displayName' | 'role' | 'passwordHash'>;
export type AccountChange = Partial<Pick<Account, 'username' | 'displayName' | 'avatarUrl' | 'role' | 'active' | 'passwordHash'>> & {
  /** Another hash of the same password: no change of the credentials. */
  readonly renewedHash?: string;
};

export interface AccountFilter {
  /** Part of a name; empty: everyone. */
  readonly query: string;
  /** Parts of an e-mail address in its stored form, any of which finds it as well; none: addresses are not looked at. */
  readonly addresses?: readonly string[];
  readonly limit: number;
  /** Id of the last account seen. */
  readonly after: string | null;
  /** Those of these ids alone; null: of everyone. */
  readonly among: readonly string[] | null;
  /** The admins' view: closed accounts too. */
  readonly alsoClosed: boolean;
}

export type ActiveFilter =
  { readonly ids: readonly string[] } | { readonly usernames: readonly string[] } | { readonly roles: readonly Role[] };

export interface Accounts {
  /** Throws `username_taken` or `email_taken`. */
  insert(account: NewAccount): Promise<Account>;
  find(id: string): Promise<Account | null>;
  /** By username or e-mail address. */
  findByLogin(login: string): Promise<Account | null>;
  /** Active ones, in no order. */
  findActive(by: ActiveFilter): Promise<Account[]>;
  /** By display name without case, then id. */
  list(filter: AccountFilter): Promise<Account[]>;
  /** Null when there is no such account; throws `username_taken`. Raises `credentialsRev` where a password, role or state changes. */
  update(id: string, change: AccountChange): Promise<Account | null>;
  /** Invalidates whatever was verified of the account before. */
  raiseCredentials(id: string): Promise<void>;
  /** The account as it is now, locked until the transaction ends. */
  lock(id: string): Promise<Account | null>;
  /**
   * These accounts and every owner that can sign in, locked until the transaction ends in one order everywhere, so that two
   * changes neither deadlock nor both spare the last owner.
   */
  lockWithOwners(ids: readonly string[]): Promise<Account[]>;
  count(): Promise<{ users: number; active: number }>;
}

export interface StoredSession {
  readonly id: string;
  readonly device: string;
  readonly address: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  /** When a used refresh token was presented once more, and from where. */
  readonly replayed: (Place & { readonly at: Date }) | null;
}

export interface NewSession {
  readonly id: string;
  readonly userId: string;
  readonly device: string;
  readonly address: string;
  readonly refreshTokenHash: string;
  /** Of the device's own token; null where it sent none. */
  readonly deviceHash: string | null;
}

/** What is known of a presented refresh token; its session is locked until the transaction ends. */
export interface PresentedToken {
  readonly sessionId: string;
  readonly userId: string;
  /** The session stands and its user may sign in. */
  readonly isAlive: boolean;
  readonly revokedReason: string | null;
  /** Of the device that the session was opened on. */
  readonly deviceHash: string | null;
  /** False where the token is of this session but so old that its row was dropped. */
  readonly isKept: boolean;
  readonly usedAt: Date | null;
  /** When another token made from the same one was used first. */
  readonly siblingUsedAt: Date | null;
  /** When a token made from it was used first. */
  readonly successorUsedAt: Date | null;
}

export interface Succession {
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly successorHash: string;
}

/** Which of a user's sessions end; all of them by default. */
export interface Revocation {
  readonly only?: string;
  readonly except?: string;
  /** The reason that their devices get; absent: none in particular. */
  readonly reason?: 'token_reused';
}

/** Where somebody signs in from. */
export interface Place {
  readonly address: string;
  readonly device: string;
}

export interface Sessions {
  open(session: NewSession): Promise<void>;
  /** `sessionId`: whose the token says it is, for one that is not kept any more. */
  present(tokenHash: string, sessionId: string | null): Promise<PresentedToken | null>;
  /**
   * Marks a token used and stores one more made from it; the session's own life starts anew. Of the family it keeps what the
   * next verdict needs: a bounded number of rows.
   */
  succeed(succession: Succession): Promise<void>;
  /** Remembers that a used token was presented once more. */
  noteReplay(sessionId: string, place: Place): Promise<void>;
  /** Ends open sessions of a user; answers their ids. */
  revoke(userId: string, which?: Revocation): Promise<string[]>;
  /** Open ones, last used first. */
  list(userId: string): Promise<StoredSession[]>;
  countOpen(): Promise<number>;
  /** Whether this session of the user is open. */
  stands(userId: string, sessionId: string): Promise<boolean>;
  /** Whether the user signed in with this device of late, and from which addresses; ended sessions included. */
  places(userId: string, deviceHash: string | null): Promise<{ readonly knowsDevice: boolean; readonly addresses: readonly string[] }>;
  /** Deletes rows of sessions that ended long ago. */
  sweep(): Promise<void>;
}

export interface StoredInvite {
  readonly code: string;
  readonly role: Role;
  readonly maxUses: number | null;
  readonly uses: number;
  readonly conversationIds: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly inviter: Pick<Account, 'id' | 'displayName' | 'role' | 'active'>;
}

/** Invites; those that are used up or expired are as if they were not. */
export interface Invites {
  insert(invite: Omit<StoredInvite, 'uses' | 'createdAt' | 'inviter'>): Promise<StoredInvite>;
  find(code: string): Promise<StoredInvite | null>;
  /** Uses it once; of several takers no more than `maxUses` get it. */
  take(code: string): Promise<StoredInvite | null>;
  /** Newest first. */
  list(by?: { readonly createdBy: string }): Promise<StoredInvite[]>;
  delete(code: string): Promise<void>;
}

export interface StoredReset {
  readonly userId: string;
  /** Null: the server's own command line. */
  readonly madeBy: string | null;
  /** The role of the account when the link was made; null where an older version made it. */
  readonly subjectRole: Role | null;
}

export interface NewReset extends StoredReset {
  readonly hash: string;
  readonly expiresAt: Date;
}

/** One-time links that set a new password; only hashes are kept. */
export interface PasswordResets {
  /** Stores it and removes every other one of its user. */
  put(reset: NewReset): Promise<void>;
  /** Returns the reset while it is valid. */
  find(hash: string): Promise<StoredReset | null>;
  /** Whether this call is the one that used it up. */
  spend(hash: string): Promise<boolean>;
  forget(userId: string): Promise<void>;
  sweep(): Promise<void>;
}

export interface StoredUserSettings {
  /** 0 before the first change. */
  readonly rev: number;
  /** As they were written, by key; what a person did not choose is absent. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What people chose for themselves. */
export interface UserSettingRows {
  /** Null where there is no such account. */
  read(userId: string): Promise<StoredUserSettings | null>;
  /** What each of these people chose, by key; those who chose nothing are left out. */
  chosenBy(userIds: readonly string[]): Promise<ReadonlyMap<string, StoredUserSettings['values']>>;
  /** Stores each value, forgets those that are null, and raises `rev`; answers what is stored now. Null where there is no such account. */
  change(userId: string, change: Readonly<Record<string, unknown>>): Promise<StoredUserSettings | null>;
}

export interface AuthRows {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly invites: Invites;
  readonly resets: PasswordResets;
  readonly userSettings: UserSettingRows;
}

export interface AuthTransaction extends AuthRows {
  readonly publish: <E extends EventDeclaration>(event: E, payload: Payload<E>) => void;
  /** Whether this transaction is the one that sets the team up. */
  spendSetUp(): Promise<boolean>;
}

/** What this module stores. */
export interface AuthStore extends AuthRows {
  /** All or nothing, with what is published. `work` may run more than once, so it must have no effect but on the store. */
  atomically<T>(work: (tx: AuthTransaction) => Promise<T>): Promise<T>;
  /** Makes the folded forms of some names that were written without one. */
  keyNames(): Promise<{ readonly keyed: number; readonly isDone: boolean }>;
}

export interface PasswordHasher {
  /** Hashes that wait for their turn. */
  readonly waiting: number;
  /** Throws `unavailable` when too many wait, `deadline_exceeded` when its turn came after the deadline. */
  hash(password: string, turn: Turn): Promise<string>;
  /** Takes as long for an account that does not exist (`hash` null) as for one that does. */
  matches(password: string, hash: string | null, turn: Turn): Promise<boolean>;
}

/** Signs access tokens and publishes the keys that verify them. */
export interface TokenSigner {
  /** Reads the keys that all processes share; makes the next one in good time and drops those that are past. */
  rotate(): Promise<void>;
  /** Makes another key. With `now` every former one ends at once, and every token that it signed; else in due course. */
  replace(how: { readonly now: boolean }): Promise<{ readonly kid: string; readonly signsFrom: Date }>;
  sign(userId: string, sessionId: string): Promise<string>;
  /** JSON Web Keys (RFC 7517). */
  published(): Promise<Record<string, unknown>[]>;
}

/** The one-time token that makes the first owner. */
export interface SetUpToken {
  /** Makes the token at the first start and writes its file until the team exists. */
  prepare(): Promise<void>;
  /** Null once the team exists. */
  read(): Promise<string | null>;
  isDone(): Promise<boolean>;
  /** Whether this process is the one that shows the token; it keeps the lock until `stop` or its end. */
  claimShowing(): Promise<boolean>;
  /** Once the team exists: takes the file away and releases the lock. */
  forget(): Promise<void>;
  stop(): void;
}

/** What the gateway checks on each request. */
export interface SessionLookup {
  /** In the order asked; null where the session ended or its user may not sign in. */
  read(ids: readonly string[]): Promise<({ sessionId: string; userId: string; role: Role } | null)[]>;
}

/** Failed guesses under one key, and what how long further ones have to wait. */
export interface FailedLoginRule {
  readonly key: string;
  readonly freeFailures: number;
  /** Past the free ones each failure doubles the wait, from two seconds. */
  readonly longestWaitMs: number;
}

/** Counts guesses; a key without a guess for an hour is deleted. Times are of the monotonic clock. */
export interface FailedLoginCounters {
  /** Milliseconds to wait under the strictest of the rules; 0 when the guess has been counted under each of them as failed. */
  count(rules: readonly FailedLoginRule[], now: number): Promise<number>;
  forget(rules: readonly FailedLoginRule[]): Promise<void>;
  /** Subtracts one failure under each key. */
  takeBack(rules: readonly FailedLoginRule[], now: number): Promise<void>;
}
