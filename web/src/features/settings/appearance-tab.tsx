import { useApp } from '../../app/app-context.tsx';
import type { Language, Preferences, Theme } from '../../app/preferences.ts';
import { failureText } from '../../shared/failure.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Segments } from '../../shared/ui/segments.tsx';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
const languages: readonly Language[] = ['system', 'en', 'ru'];

/** Choices of the person, for all of their devices; they take effect at once. */
export function AppearanceTab() {
  const { preferences, ui, t } = useApp();
  const chosen = useStore(preferences);
  const choose = (change: Partial<Preferences>): void => {
    preferences.choose(change).catch((error: unknown) => ui.showToast(failureText(t, error), 'error'));
  };
  return (
    <div className="stack">
      <div className="setting">
        <h3>{t('settings.theme')}</h3>
        <Segments
          label={t('settings.theme')}
          chosen={chosen.theme}
          onChoose={(theme) => choose({ theme })}
          segments={themes.map((id) => ({ id, label: t(`theme.${id}`) }))}
        />
      </div>
      <div className="setting">
        <h3>{t('settings.language')}</h3>
        <Segments
          label={t('settings.language')}
          chosen={chosen.language}
          onChoose={(language) => choose({ language })}
          segments={languages.map((id) => ({ id, label: t(`language.${id}`) }))}
        />
      </div>
    </div>
  );
}
