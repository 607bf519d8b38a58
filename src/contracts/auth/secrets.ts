import { storable } from '../primitives.ts';

export const Secret = storable().min(1).max(512);
