import { z } from 'zod';
import { teamSettings } from '../define.ts';

export const connectionSettings = teamSettings(
  z.strictObject({
    /** How many times the usual budgets one network may spend: for many people behind one address. */
    networkScale: z.int().min(1).max(20),
  }),
  { networkScale: 1 },
);
