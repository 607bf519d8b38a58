import { z } from 'zod';

export const Secret = z.string().min(1).max(512);
