import { AppError } from '../../kernel/errors.ts';

/** For one person, or one network of strangers, in this process. Each holds a connection for as long as bytes trickle. */
const atOnce = 64;

/** Bounds how many routes one caller runs at once: a budget counts calls when they begin, and a slow upload may go on for a day. */
export class RoutesUnderWay {
  readonly #counts = new Map<string, number>();

  /** Returns a function to call once when the call ends. */
  begin(caller: string): () => void {
    const count = this.#counts.get(caller) ?? 0;
    if (count >= atOnce)
      throw new AppError('rate_limited', {
        detail: `You have ${String(atOnce)} uploads and downloads under way: wait for one to end.`,
        retryAfter: 1,
      });
    this.#counts.set(caller, count + 1);
    return () => {
      this.#end(caller);
    };
  }

  #end(caller: string): void {
    const count = (this.#counts.get(caller) ?? 0) - 1;
    if (count > 0) this.#counts.set(caller, count);
    else this.#counts.delete(caller);
  }
}
