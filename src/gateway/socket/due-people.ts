/** Guests per question: of those whose people are all read few, of the others many. */
const wholeAtMost = 20;
const partlyAtMost = 200;
const amongAtMost = 1_000;

/** What is asked of the module that owns membership. */
export interface Question {
  readonly userIds: readonly string[];
  /** The people in question; null: all. */
  readonly among: ReadonlySet<string> | null;
  /** Those of `userIds` who lost something: without an answer they see none of the people in question. */
  readonly closing: readonly string[];
}

/** Of which guests it is to be read whom they may know of: of all people, or of some who came or went. */
export class Due {
  readonly #whole = new Map<string, { isClosing: boolean }>();
  readonly #partly = new Map<string, Set<string>>();

  get isEmpty(): boolean {
    return this.#whole.size === 0 && this.#partly.size === 0;
  }

  all(userId: string, isClosing = false): void {
    this.#partly.delete(userId);
    this.#whole.set(userId, { isClosing: isClosing || (this.#whole.get(userId)?.isClosing ?? false) });
  }

  some(userId: string, people: readonly string[]): void {
    if (this.#whole.has(userId)) return;
    const due = this.#partly.get(userId) ?? new Set();
    for (const id of people) due.add(id);
    if (due.size > amongAtMost) this.all(userId, true);
    else this.#partly.set(userId, due);
  }

  drop(userId: string): void {
    this.#whole.delete(userId);
    this.#partly.delete(userId);
  }

  /** Takes the next question out; null when nothing is due. */
  next(): Question | null {
    return this.#takePartly() ?? this.#takeWhole();
  }

  /** Puts back what got no answer. */
  again({ userIds, among, closing }: Question): void {
    for (const userId of userIds) {
      if (among) this.some(userId, [...among]);
      else this.all(userId, closing.includes(userId));
    }
  }

  #takeWhole(): Question | null {
    const taken = [...this.#whole].slice(0, wholeAtMost);
    if (taken.length === 0) return null;
    for (const [userId] of taken) this.#whole.delete(userId);
    const closing = taken.filter(([, { isClosing }]) => isClosing).map(([userId]) => userId);
    return { userIds: taken.map(([userId]) => userId), among: null, closing };
  }

  /** Those who ask about the same people are asked for together. */
  #takePartly(): Question | null {
    const among = new Set<string>();
    const userIds: string[] = [];
    for (const [userId, people] of this.#partly) {
      if (userIds.length === partlyAtMost || new Set([...among, ...people]).size > amongAtMost) break;
      for (const id of people) among.add(id);
      userIds.push(userId);
      this.#partly.delete(userId);
    }
    return userIds.length === 0 ? null : { userIds, among, closing: userIds };
  }
}
