// A reporter of jest for CI: once a minute it says how far the run is and which files run now. A run in which nothing has ended for ten minutes
// is ended with status 75: every test has a time limit, so that a worker of jest is gone, for which jest waits for ever.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const everyMs = 60_000;
const stalledMs = 600_000;
const stalledStatus = 75;

export default class ProgressReporter {
  #running = new Map();
  #ended = 0;
  #total = 0;
  #root;
  #timer;
  #endedAt = performance.now();

  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  onRunStart({ numTotalTestSuites }) {
    this.#total = numTotalTestSuites;
    // The run does not wait for the timer.
    this.#timer = setInterval(() => this.#look(), everyMs).unref();
  }

  onTestFileStart({ path }) {
    this.#running.set(path, performance.now());
  }

  onTestFileResult({ path }) {
    this.#running.delete(path);
    this.#ended += 1;
    this.#endedAt = performance.now();
  }

  onRunComplete() {
    clearInterval(this.#timer);
  }

  getLastError() {}

  #look() {
    this.#say();
    if (performance.now() - this.#endedAt < stalledMs) return;
    console.error('progress: nothing has ended for ten minutes; the run is given up');
    for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL');
    process.exit(stalledStatus);
  }

  #say() {
    const running = [...this.#running].map(
      ([path, since]) => `${relative(this.#root, path)} (${Math.round((performance.now() - since) / 1000)} s)`,
    );
    console.error(`progress: ${this.#ended} of ${this.#total} files have ended; running: ${running.join(', ') || 'none'}`);
  }
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
