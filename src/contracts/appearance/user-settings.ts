import { z } from 'zod';
import { userSetting } from '../define.ts';

export const theme = userSetting({
  key: 'appearance.theme',
  summary: 'Colours of the page; `system` follows the device',
  schema: z.enum(['system', 'light', 'dark']),
  default: 'system',
});

export const language = userSetting({
  key: 'appearance.language',
  summary: 'Language of the page; `system` follows the device',
  schema: z.enum(['system', 'en', 'ru']),
  default: 'system',
});
