import { errorWithoutTexts, withoutTexts } from '../../kernel/telemetry/redaction.ts';

interface Failed {
  readonly payload: unknown;
  readonly error: string | null;
}

/** As admins see it: they look after what failed, and may not read by it what people wrote to each other. The stored one stays whole. */
export const shown = <T extends Failed>(row: T): T => ({
  ...row,
  payload: withoutTexts(row.payload),
  error: row.error && errorWithoutTexts(row.error, row.payload),
});
