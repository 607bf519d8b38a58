import { errorText } from '../../../kernel/errors.ts';
import type { Finding } from '../../../kernel/health.ts';
import type { Scanner } from '../ports.ts';
import { ClamdScanner } from './scanner/clamd.ts';

/** What looks into uploads; null where nothing does. */
export const scannerAt = (clamavUrl: string | undefined): Scanner | null => (clamavUrl === undefined ? null : new ClamdScanner(clamavUrl));

/** What the doctor says of it. */
export async function scannerFinding(scanner: Scanner | null): Promise<readonly Finding[]> {
  if (!scanner) return [];
  try {
    return [{ ok: true, what: `uploads are looked into by ${await scanner.state()}` }];
  } catch (error) {
    const { message } = error instanceof Error && error.cause instanceof Error ? error.cause : { message: errorText(error) };
    return [{ ok: false, what: `nothing can be uploaded: ${message}. Start clamd, or correct or remove CLAMAV_URL` }];
  }
}
