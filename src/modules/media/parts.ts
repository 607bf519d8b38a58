import type { BusCaller } from '../../kernel/bus/bus.ts';
import type { LiveSettings } from '../../kernel/settings.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Counter } from '../../kernel/telemetry/metrics.ts';
import type { BlobStore, FileStore, UploadForms } from './ports.ts';

/** What the operations of this module work with. */
export interface MediaParts {
  /** False where each of several nodes has its own disk: a file that one node takes would be lost for the others. */
  readonly areFilesOn: boolean;
  readonly blobs: BlobStore;
  readonly files: FileStore;
  readonly forms: UploadForms;
  readonly bus: BusCaller;
  readonly settings: LiveSettings;
  readonly logger: Logger;
  readonly uploadedBytes: Counter;
}
