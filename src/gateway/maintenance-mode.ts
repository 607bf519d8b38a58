import type { Endpoint } from '../contracts/define.ts';
import { AppError } from '../kernel/errors.ts';

/** Budgets of operations that change nothing which is kept. */
const harmless: ReadonlySet<string> = new Set(['read', 'search', 'signal']);

/** Whether changes are accepted: refused for a moment while the team's database moves; reading goes on. */
export class MaintenanceMode {
  #isOn = false;

  get isOn(): boolean {
    return this.#isOn;
  }

  begin(): void {
    this.#isOn = true;
  }

  end(): void {
    this.#isOn = false;
  }

  check({ limit }: Pick<Endpoint, 'limit'>): void {
    if (!this.#isOn || harmless.has(limit)) return;
    throw new AppError('unavailable', { detail: 'The team is moving to another database: try again in a moment.', retryAfter: 1 });
  }
}
