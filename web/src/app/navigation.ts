import { store, type Readable } from '../shared/state/store.ts';
import type { Layers } from '../shared/ui/overlay-host.ts';
import { HistoryQueue, type Change, type Entry } from './history-queue.ts';
import { pathOf, routeOf, type Route } from './routes.ts';

/** What stands beside the conversation; it belongs to the place it was opened at. */
export type Panel = (typeof panels)[number];
const panels = ['members', 'files', 'pins', 'search', 'notifications'] as const;

export interface Navigation extends Layers {
  readonly route: Readable<Route>;
  readonly panel: Readable<Panel | null>;
  /** What the address says is searched for. */
  readonly words: Readable<string>;
  /** Goes to a place, past whatever stands over the page, and shows it without a panel. */
  go(route: Route): void;
  /** Goes to a place and leaves the panel open beside it. */
  goBeside(route: Route): void;
  /** Takes the place of the current entry, so that Back does not return to it. */
  replace(route: Route): void;
  /** Leaves for the place above this one: a step back when the reader came from there, else in the place of this one. */
  up(route: Route): void;
  showPanel(panel: Panel): void;
  /** Writes into the address what is searched for. */
  keepWords(words: string): void;
  /** The dialog that the address asked for when the page was loaded; answered once. */
  takeAskedDialog(): string | null;
  closePanel(): void;
  /** Closes all that stands over the page. */
  closeLayers(): void;
}

/** The address bar and the history as stores; every layer is an entry, so that Back closes the topmost (ADR 28). */
export function browserNavigation(view: Window): Navigation {
  return new BrowserNavigation(view);
}

const sameConversation = (one: Route, other: Route): boolean =>
  one.name === 'chat' && other.name === 'chat' && one.conversationId !== null && one.conversationId === other.conversationId;

interface Layer {
  readonly close: () => void;
  readonly name: string | null;
}

class BrowserNavigation implements Navigation {
  readonly route;
  readonly panel = store<Panel | null>(null);
  readonly words = store('');
  readonly #history: HistoryQueue;
  readonly #place: () => Route;
  #path: string;
  #layers: readonly Layer[] = [];
  #settles = false;
  #askedDialog: string | null;

  constructor(view: Window) {
    this.#place = () => routeOf(view.location);
    this.route = store<Route>(this.#place());
    this.#history = new HistoryQueue(view, { onIdle: () => this.#publish(), onMove: () => this.#moved() });
    this.#path = this.#history.path();
    const entry = this.#history.entry();
    this.#askedDialog = entry.dialog;
    // An address from outside has no entry below it: its dialog gets one when it is opened.
    if (this.#history.isForeign && entry.dialog !== null) this.#history.replace({ ...entry, dialog: null });
    // A page that was loaded anew has nothing over it, whatever its entry says.
    this.#history.run(this.#settle);
  }

  go(route: Route): void {
    this.#leave(route, () => ({}));
  }

  goBeside(route: Route): void {
    this.#leave(route, () => this.#history.entry());
  }

  replace(route: Route): void {
    const path = pathOf(route);
    const keepsPanel = sameConversation(route, this.route.get());
    let own: string | null = null;
    this.#change(route, () => {
      const entry = this.#history.entry();
      // The entry below an own panel is the place itself.
      if (entry.ownPanel && path !== this.#history.path()) {
        own = entry.panel;
        return -1;
      }
      this.#history.replace({ ...entry, panel: keepsPanel ? entry.panel : null }, path);
      if (own !== null && keepsPanel) this.#history.push({ panel: own, words: entry.words, ownPanel: true });
      return 0;
    });
  }

  up(route: Route): void {
    const path = pathOf(route);
    let came = false;
    this.#change(route, () => {
      const entry = this.#history.entry();
      if (came || (path === this.#history.path() && entry.panel === null)) return 0;
      if (entry.ownPanel) return -1;
      came = true;
      if (entry.from === path) return -1;
      this.#history.replace({ ...entry, panel: null }, path);
      return 0;
    });
  }

  showPanel(panel: Panel): void {
    this.closeLayers();
    this.panel.set(panel);
    this.#history.run(this.#settle, () => {
      const entry = this.#history.entry();
      if (entry.panel === null) this.#history.push({ panel, ownPanel: true });
      else this.#history.replace({ ...entry, panel });
      return 0;
    });
  }

  keepWords(words: string): void {
    this.#history.run(() => {
      const entry = this.#history.entry();
      if (entry.panel === 'search' && entry.over === 0 && (entry.words ?? '') !== words) this.#history.replace({ ...entry, words });
      return 0;
    });
  }

  takeAskedDialog(): string | null {
    const asked = this.#askedDialog;
    this.#askedDialog = null;
    return asked;
  }

  closePanel(): void {
    this.closeLayers();
    this.panel.set(null);
    this.#history.run(this.#settle, this.#withoutPanel);
  }

  open(close: () => void, name: string | null = null): () => void {
    const layer = { close, name };
    this.#layers = [...this.#layers, layer];
    this.#settleSoon();
    return () => {
      if (!this.#layers.includes(layer)) return;
      this.#layers = this.#layers.filter((one) => one !== layer);
      this.#settleSoon();
    };
  }

  closeLayers(): void {
    this.#closeAbove(0);
    this.#settleSoon();
  }

  #leave(route: Route, panelThere: () => Partial<Entry>): void {
    const path = pathOf(route);
    this.#change(route, () => {
      const { panel = null, words = null } = panelThere();
      if (path === this.#history.path()) return panel === null ? this.#withoutPanel() : 0;
      this.#history.push({ panel, words }, path);
      return 0;
    });
  }

  /** Runs a change of the place; what is shown does not wait for a history that is still under way. */
  #change(route: Route, change: Change): void {
    this.closeLayers();
    this.#history.run(this.#settle, change);
    if (this.#history.travels) this.#show(pathOf(route), route);
  }

  readonly #withoutPanel: Change = () => {
    const entry = this.#history.entry();
    if (entry.panel === null) return 0;
    if (entry.ownPanel) return -1;
    this.#history.replace({ ...entry, panel: null });
    return 0;
  };

  /** Brings the entries over the page to the number of layers that are open. */
  readonly #settle: Change = () => {
    const entry = this.#history.entry();
    const missing = this.#layers.length - entry.over;
    if (missing < 0) return missing;
    const dialogAt = (over: number): string | null => this.#layers.slice(0, over).findLast(({ name }) => name !== null)?.name ?? null;
    // One that gave way to another, in the same entry.
    if (entry.dialog !== dialogAt(entry.over)) this.#history.replace({ ...entry, dialog: dialogAt(entry.over) });
    for (let over = entry.over + 1; over <= this.#layers.length; over++) this.#history.push({ ...entry, over, dialog: dialogAt(over) });
    return 0;
  };

  /** After what happens now: a menu that gives way to a dialog changes nothing. */
  #settleSoon(): void {
    if (this.#settles) return;
    this.#settles = true;
    queueMicrotask(() => {
      this.#settles = false;
      this.#history.run(this.#settle);
    });
  }

  /** The reader went back or forth. */
  #moved(): void {
    const isElsewhere = this.#history.path() !== this.#path;
    this.#closeAbove(isElsewhere ? 0 : this.#history.entry().over);
    this.#history.run(this.#settle);
  }

  #closeAbove(count: number): void {
    const closed = this.#layers.slice(count);
    this.#layers = this.#layers.slice(0, count);
    for (const layer of closed.reverse()) layer.close();
  }

  #publish(): void {
    const { panel, words } = this.#history.entry();
    this.words.set(words ?? '');
    this.panel.set(panels.find((known) => known === panel) ?? null);
    this.#show(this.#history.path(), this.#place());
  }

  #show(path: string, route: Route): void {
    if (path === this.#path) return;
    this.#path = path;
    this.route.set(route);
  }
}
