import type { CheckResult, Health, HealthCheck } from './health.ts';
import { errorText } from './errors.ts';

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
  let timer: NodeJS.Timeout | undefined;
  const cutOff = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer in two seconds'));
    }, cutOffMs);
  });
  try {
    return { name, required, ok: true, detail: await Promise.race([check(), cutOff]) };
  } catch (error) {
    return { name, required, ok: false, detail: errorText(error) };
  } finally {
    clearTimeout(timer);
  }
}
