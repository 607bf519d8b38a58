// A reporter of jest for CI: once a minute it says how far the run is and which files run now, so that a run that hangs names the file.
import { relative } from 'node:path';

const everyMs = 60_000;

export default class ProgressReporter {
  #running = new Map();
  #ended = 0;
  #total = 0;
  #root;
  #timer;

  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  onRunStart({ numTotalTestSuites }) {
    this.#total = numTotalTestSuites;
    // The run does not wait for the timer.
    this.#timer = setInterval(() => this.#say(), everyMs).unref();
  }

  onTestFileStart({ path }) {
    this.#running.set(path, performance.now());
  }

  onTestFileResult({ path }) {
    this.#running.delete(path);
    this.#ended += 1;
  }

  onRunComplete() {
    clearInterval(this.#timer);
  }

  getLastError() {}

  #say() {
    const running = [...this.#running].map(
      ([path, since]) => `${relative(this.#root, path)} (${Math.round((performance.now() - since) / 1000)} s)`,
    );
    console.error(`progress: ${this.#ended} of ${this.#total} files have ended; running: ${running.join(', ') || 'none'}`);
  }
}
