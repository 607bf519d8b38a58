import { partWith } from './part.ts';

export const smallParts = () => partWith(['panels'], () => import('./small-parts.ts'));
