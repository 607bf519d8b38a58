import type { CheckResult, Health, HealthCheck } from './health.ts';
import { errorText } from './errors.ts';
import { within } from './sleep.ts';

const cutOffMs = 2_000;

/** Runs every check at once; one that hangs counts as failed. */
export class HealthChecks implements Health {
  readonly #checks: HealthCheck[] = [];

  add(check: HealthCheck): void {
    this.#checks.push(check);
  }

  run(): Promise<readonly CheckResult[]> {
    return Promise.all(this.#checks.map(resultOf));
  }
}

async function resultOf({ name, required, check }: HealthCheck): Promise<CheckResult> {
  try {
    return { name, required, ok: true, detail: await within(cutOffMs, check(), 'no answer in two seconds') };
  } catch (error) {
    return { name, required, ok: false, detail: errorText(error) };
  }
}
