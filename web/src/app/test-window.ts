/** History and address of a browser, which travels in its own time as the real one does. */
export class TestWindow {
  #entries: { path: string; state: unknown }[];
  #at = 0;
  #travels = 0;
  #listeners: (() => void)[] = [];

  constructor(path: string, state: unknown = null) {
    this.#entries = [{ path, state }];
  }

  get at(): number {
    return this.#at;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** With the query. */
  get address(): string {
    return this.#entry.path;
  }

  get path(): string {
    return this.#entry.path.replace(/\?[^#]*/, '');
  }

  /** From the first entry to the current one. */
  get paths(): readonly string[] {
    return this.#entries.slice(0, this.#at + 1).map(({ path }) => path.replace(/\?[^#]*/, ''));
  }

  get #entry(): { path: string; state: unknown } {
    return this.#entries[this.#at] ?? { path: '/', state: null };
  }

  /** The same tab after a reload, without the listeners of the old page. */
  reloaded(): Window {
    this.#listeners = [];
    return this.asWindow();
  }

  asWindow(): Window {
    const url = () => new URL(this.#entry.path, 'http://team.example');
    const view = {
      addEventListener: (type: string, listener: () => void) => {
        if (type === 'popstate') this.#listeners.push(listener);
      },
      location: Object.defineProperties(
        {},
        { pathname: { get: () => url().pathname }, hash: { get: () => url().hash }, search: { get: () => url().search } },
      ),
      history: Object.defineProperties(
        {
          pushState: (state: unknown, _: string, path: string) => {
            this.#entries = [...this.#entries.slice(0, ++this.#at), { path, state }];
          },
          replaceState: (state: unknown, _: string, path: string) => {
            this.#entries[this.#at] = { path, state };
          },
          go: (steps: number) => this.#travel(steps),
        },
        { state: { get: () => this.#entry.state } },
      ),
    };
    return view as unknown as Window;
  }

  async back(): Promise<void> {
    this.#travel(-1);
    await this.settled();
  }

  async forward(): Promise<void> {
    this.#travel(1);
    await this.settled();
  }

  async settled(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#travels > 0);
  }

  #travel(steps: number): void {
    this.#travels++;
    setImmediate(() => {
      this.#travels--;
      const to = this.#at + steps;
      if (to < 0 || to >= this.#entries.length) return;
      this.#at = to;
      for (const listener of [...this.#listeners]) listener();
    });
  }
}
