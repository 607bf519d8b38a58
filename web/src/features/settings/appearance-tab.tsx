import { useApp } from '../../app/app-context.tsx';
import type { Language, Theme } from '../../app/preferences.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Segments } from '../../shared/ui/segments.tsx';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
const languages: readonly Language[] = ['system', 'en', 'ru'];

/** Choices of this device; they take effect at once. */
export function AppearanceTab() {
  const { preferences, t } = useApp();
  const chosen = useStore(preferences);
  return (
    <div className="stack">
      <div className="setting">
        <h3>{t('settings.theme')}</h3>
        <Segments
          label={t('settings.theme')}
          chosen={chosen.theme}
          onChoose={(theme) => preferences.set({ ...chosen, theme })}
          segments={themes.map((id) => ({ id, label: t(`theme.${id}`) }))}
        />
      </div>
      <div className="setting">
        <h3>{t('settings.language')}</h3>
        <Segments
          label={t('settings.language')}
          chosen={chosen.language}
          onChoose={(language) => preferences.set({ ...chosen, language })}
          segments={languages.map((id) => ({ id, label: t(`language.${id}`) }))}
        />
      </div>
      <p className="form-note muted">{t('settings.deviceOnly')}</p>
    </div>
  );
}
