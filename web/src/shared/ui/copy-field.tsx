import { useState } from 'react';
import { copyText } from '../browser/clipboard.ts';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';

/** A value to copy: shown whole, selected on focus, with a button that copies it. */
export function CopyField({
  label,
  value,
  copyLabel,
  copiedLabel,
}: {
  label: string;
  value: string;
  copyLabel: string;
  copiedLabel: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    setCopied(await copyText(value));
  };
  return (
    <div className="copy-field">
      <TextField label={label} value={value} readOnly onFocus={(event) => event.target.select()} />
      <Button look="primary" icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
        <span aria-live="polite">{copied ? copiedLabel : copyLabel}</span>
      </Button>
    </div>
  );
}
