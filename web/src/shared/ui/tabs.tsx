import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { useNarrow } from '../browser/screen.ts';
import { Icon, type IconName } from '../icons.tsx';
import './tabs.css';

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly icon: IconName;
}

export interface TabsProps<T extends string> {
  label: string;
  tabs: readonly Tab<T>[];
  chosen: T;
  onChoose: (tab: T) => void;
  children: ReactNode;
}

/** One stop in the tab order; arrows choose. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<T>) {
  return (
    <Base.Root
      className="tabs"
      orientation={useNarrow() ? 'horizontal' : 'vertical'}
      value={chosen}
      onValueChange={(id: T) => onChoose(id)}
    >
      <Base.List className="tab-list" aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab key={tab.id} className="tab" value={tab.id}>
            <Icon name={tab.icon} size={18} />
            <span className="ellipsis">{tab.label}</span>
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel className="tab-panel" value={chosen}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
