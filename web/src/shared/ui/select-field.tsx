import { CSPProvider } from '@base-ui/react/csp-provider';
import { Select as Base } from '@base-ui/react/select';
import { useId, useState } from 'react';
import { Icon } from '../icons.tsx';
import { describedBy, FieldFrame, type FieldTexts } from './field.tsx';
import { Layer } from './overlay-host.ts';
import './menu.css';
import './select.css';

export interface SelectProps<T extends string> {
  /** Spoken where no label stands beside it. */
  label?: string;
  id?: string;
  describedBy?: string | undefined;
  className?: string;
  value: T;
  options: readonly { readonly value: T; readonly label: string }[];
  onChoose: (value: T) => void;
}

/** One of a few, of which the chosen one is shown; on a phone the list is a sheet at the lower edge. */
export function Select<T extends string>({ label, id, describedBy, className = '', value, options, onChoose }: SelectProps<T>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <CSPProvider disableStyleElements>
      <Base.Root
        items={options}
        value={value}
        onValueChange={(chosen) => (chosen === null ? undefined : onChoose(chosen))}
        open={isOpen}
        onOpenChange={setOpen}
      >
        {isOpen ? <Layer onClose={() => setOpen(false)} /> : null}
        <Base.Trigger id={id} className={`input select ${className}`} aria-label={label} aria-describedby={describedBy}>
          <Base.Value className="ellipsis" />
          <Icon name="expanded" size={18} />
        </Base.Trigger>
        <Base.Portal>
          <Base.Backdrop className="menu-scrim" />
          <Base.Positioner
            className="menu-place"
            positionMethod="fixed"
            align="start"
            sideOffset={4}
            collisionPadding={8}
            sticky
            alignItemWithTrigger={false}
          >
            <Base.Popup className="menu select-list">
              {options.map((option) => (
                <Base.Item key={option.value} className="menu-item" value={option.value}>
                  <Base.ItemText className="menu-item-label">{option.label}</Base.ItemText>
                  <Base.ItemIndicator>
                    <Icon name="check" size={16} />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </CSPProvider>
  );
}

export interface SelectFieldProps<T extends string> extends FieldTexts, Omit<SelectProps<T>, 'id' | 'label'> {}

/** A choice with its label and hint, tied together for screen readers. */
export function SelectField<T extends string>({ label, hint, error, ...select }: SelectFieldProps<T>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <Select {...select} id={id} describedBy={describedBy(id, hint, error)} />
    </FieldFrame>
  );
}
