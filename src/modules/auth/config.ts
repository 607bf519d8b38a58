import { z } from 'zod';

/** What the host tells this module. */
export const AuthConfig = z.object({
  publicUrl: z.string(),
  dataDir: z.string(),
  /** The team's secret: what the database keeps encrypted is encrypted under it. */
  secret: z.string(),
  version: z.string(),
  accessTokenLifeSeconds: z.int().default(600),
  refreshTokenLifeSeconds: z.int().default(30 * 86_400),
  bcryptCost: z.int().min(4).max(15).default(12),
  throttling: z.enum(['on', 'off']).default('on'),
});
export type AuthConfig = z.output<typeof AuthConfig>;
