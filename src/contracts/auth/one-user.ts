import { z } from 'zod';
import { Id } from '../primitives.ts';

export const OneUser = z.strictObject({ userId: Id });
