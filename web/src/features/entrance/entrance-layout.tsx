import type { ReactNode } from 'react';
import { useApp } from '../../app/app-context.tsx';
import './entrance.css';

/** The frame of every screen before the chat: mark, title, form, and the language at hand. */
export function EntranceLayout({
  title,
  text,
  children,
  foot,
}: {
  title: string;
  text?: string | undefined;
  children: ReactNode;
  foot?: ReactNode;
}) {
  return (
    <main className="entrance">
      <div className="entrance-card">
        <img className="entrance-mark" src="/icon.svg" alt="" width={44} height={44} />
        <h1 className="entrance-title">{title}</h1>
        {text ? <p className="entrance-text">{text}</p> : null}
        {children}
      </div>
      {foot ? <div className="entrance-foot">{foot}</div> : null}
      <LanguageChoice />
    </main>
  );
}

function LanguageChoice() {
  const { preferences, locale, t } = useApp();
  return (
    <div className="entrance-languages" role="group" aria-label={t('settings.language')}>
      {(['en', 'ru'] as const).map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className="text-button"
          aria-pressed={locale === language}
          onClick={() => void preferences.choose({ language })}
        >
          {language === 'en' ? 'English' : 'Русский'}
        </button>
      ))}
    </div>
  );
}
