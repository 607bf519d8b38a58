import type { Action } from './action.ts';

export const switchLanguage: Action = {
  name: 'app.switchLanguage',
  label: 'action.switchLanguage',
  icon: 'globe',
  test: () => true,
  perform: ({ preferences, locale }) => preferences.choose({ language: locale === 'en' ? 'ru' : 'en' }),
};
