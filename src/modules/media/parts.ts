import type { Upload } from '../../contracts/media/uploads.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import type { Context } from '../../kernel/context.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { LiveSettings } from '../../kernel/settings.ts';
import type { SignedLinks } from '../../kernel/signed-links.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Counter } from '../../kernel/telemetry/metrics.ts';
import type {
  AvatarStore,
  BlobStore,
  FileStore,
  PreviewMaker,
  PreviewStore,
  Scanner,
  StoredUpload,
  UploadForms,
  UploadProtocol,
  UploadStore,
  Usage,
} from './ports.ts';
import type { ForcedRemoval } from './forced-removal.ts';
import type { Measuring } from './measuring.ts';
import type { Previews } from './previews.ts';

/** What the operations of this module work with. */
export interface MediaParts {
  /** False where each of several nodes has its own disk: a file that one node takes would be lost for the others. */
  readonly areFilesOn: boolean;
  readonly blobs: BlobStore;
  /** Null where uploads are not looked into. */
  readonly scanner: Scanner | null;
  readonly avatars: AvatarStore;
  readonly maker: Pick<PreviewMaker, 'squares'>;
  readonly files: FileStore;
  readonly uploads: UploadStore;
  readonly previews: Pick<Previews, 'soon'>;
  readonly previewStore: PreviewStore;
  readonly forms: UploadForms;
  readonly protocol: UploadProtocol;
  readonly usage: Pick<Usage, 'ofPerson'>;
  readonly measuring: Pick<Measuring, 'storage'>;
  readonly forcedRemoval: Pick<ForcedRemoval, 'begin' | 'expiry' | 'erasure'>;
  readonly bus: BusCaller;
  readonly settings: LiveSettings;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly links: Pick<SignedLinks, 'make'>;
  readonly uploadedBytes: Counter;
  /** Uploads that ended, by `result`. */
  readonly intake: Counter;
}

/** With what makes files of uploads. */
export type UploadingParts = MediaParts & {
  readonly finishing: { seen(upload: StoredUpload, context: Context): Promise<Upload> };
};
