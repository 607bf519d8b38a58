import { textParts } from '../../web/src/shared/i18n/parts.ts';
import { loadCatalogue, loadTexts } from '../../web/src/shared/i18n/translate.ts';

/** Reads every text of the page, in both languages. */
export async function loadAllTexts(): Promise<void> {
  await Promise.all([loadTexts(...textParts), loadCatalogue('ru')]);
}
