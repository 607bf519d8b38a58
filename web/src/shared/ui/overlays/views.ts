export { MenuView } from './menu-view.tsx';
export { PopoverView } from './popover-view.tsx';
export { TipsView } from './tips-view.tsx';
