import { event } from '../define.ts';
import { z } from 'zod';
import { Settings } from './entities.ts';

export const settingsChanged = event({
  name: 'admin.settingsChanged',
  summary: 'An admin changed live settings',
  delivery: 'fact',
  payload: z.strictObject({ settings: Settings }),
});
