import { store, type Readable } from '../shared/state/store.ts';

export interface Toast {
  readonly id: number;
  readonly look: 'plain' | 'error';
  readonly text: string;
}

export interface ToastList {
  readonly shown: Readable<readonly Toast[]>;
  show(text: string, look: Toast['look']): void;
  /** While they are held, as by a pointer over them, none goes; afterwards each has its whole time again. */
  hold(isHeld: boolean): void;
}

const shownAtMost = 3;

export const toastMs = 5000;

export function toastList(): ToastList {
  const shown = store<readonly Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let isHeld = false;
  let nextId = 1;
  const leave = ({ id }: Toast) => {
    clearTimeout(timers.get(id));
    const drop = () => {
      timers.delete(id);
      shown.update((all) => all.filter((one) => one.id !== id));
    };
    timers.set(id, setTimeout(drop, toastMs));
  };
  return {
    shown,
    show(text, look) {
      const toast = { id: nextId++, look, text };
      shown.update((all) => [...all.slice(1 - shownAtMost), toast]);
      if (!isHeld) leave(toast);
    },
    hold(next) {
      isHeld = next;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      if (!isHeld) shown.get().forEach(leave);
    },
  };
}
