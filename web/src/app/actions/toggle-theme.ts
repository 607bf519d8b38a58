import type { Action } from './action.ts';

const isDark = (): boolean =>
  getComputedStyle(document.documentElement).colorScheme === 'dark' ||
  (document.documentElement.dataset['theme'] === undefined && matchMedia('(prefers-color-scheme: dark)').matches);

export const toggleTheme: Action = {
  name: 'app.toggleTheme',
  label: 'action.toggleTheme',
  icon: 'moon',
  keys: 'Mod+Shift+L',
  test: () => true,
  perform: ({ preferences }) => preferences.choose({ theme: isDark() ? 'light' : 'dark' }),
};
