import { useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { copyText } from '../../shared/browser/clipboard.ts';
import { Icon } from '../../shared/icons.tsx';

/** Code as typed, with its language and a button that copies it. */
export function CodeBlock({ text, language }: { text: string; language: string | null }) {
  const { t } = useApp();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    setCopied(await copyText(text));
  };
  return (
    <div className="rich-block">
      <div className="rich-block-head">
        <span>{language}</span>
        <button
          type="button"
          className="rich-block-copy"
          aria-label={t('text.copyCode')}
          data-tip={t('text.copyCode')}
          onClick={() => void copy()}
        >
          <Icon name={copied ? 'check' : 'copy'} size={14} />
        </button>
      </div>
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
