import { store, type Readable } from '../shared/state/store.ts';
import { pathOf, routeOf, type Route } from './routes.ts';

export interface Navigation {
  readonly route: Readable<Route>;
  go(route: Route): void;
  /** Takes the place of the current entry, so that "back" does not return to it. */
  replace(route: Route): void;
  /** Returns to the previous screen of this page, or to `fallback` when the page was opened here. */
  back(fallback: Route): void;
}

/** The address bar as a store: history entries made here carry a mark, so that "back" never leaves the page by surprise. */
export function browserNavigation(view: Window): Navigation {
  const route = store<Route>(routeOf(view.location));
  const depth = (): number => (view.history.state as { depth?: number } | null)?.depth ?? 0;
  const arrive = () => route.set(routeOf(view.location));
  view.addEventListener('popstate', arrive);
  view.addEventListener('hashchange', arrive);
  return {
    route,
    go(next) {
      const path = pathOf(next);
      if (path === view.location.pathname + view.location.hash) return;
      view.history.pushState({ depth: depth() + 1 }, '', path);
      arrive();
    },
    replace(next) {
      view.history.replaceState({ depth: depth() }, '', pathOf(next));
      arrive();
    },
    back(fallback) {
      if (depth() > 0) view.history.back();
      else this.replace(fallback);
    },
  };
}
