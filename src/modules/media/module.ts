import { join } from 'node:path';
import { checkAttachmentAccess, registerAttachment, releaseAttachments } from '../../contracts/chat/attachments.ts';
import { readFile, uploadFields, uploadFile } from '../../contracts/media/files.ts';
import { appendUpload, cancelUpload, checksumAlgorithms, createUpload, readUpload } from '../../contracts/media/uploads.ts';
import { hours } from '../../kernel/clock.ts';
import { defineModule } from '../../kernel/module.ts';
import { BusboyForms } from './adapters/busboy-forms.ts';
import { DiskBlobStore } from './adapters/blob-store/disk.ts';
import { PostgresFiles } from './adapters/files/postgres.ts';
import { TusProtocol } from './adapters/tus/tus-protocol.ts';
import { PostgresUploads } from './adapters/uploads/postgres.ts';
import { mediaConfig } from './config.ts';
import { notSharedText } from './domain/not-shared.ts';
import { Finishing } from './finishing.ts';
import { handlers, routeHandlers } from './handlers.ts';
import type { MediaParts } from './parts.ts';
import { removalQueue } from './removal.ts';
import { keptUnchangedMs, tidy } from './tidy.ts';

/** Files that people upload, and their bytes. */
export const mediaModule = defineModule({
  name: 'media',
  config: mediaConfig,
  needs: {
    calls: [registerAttachment, checkAttachmentAccess, releaseAttachments],
    kernel: ['bus', 'database', 'settings', 'logger', 'metrics', 'health', 'clock'],
    host: ['dataDir', 'isOneOfSeveral'],
  },
  routes: [uploadFile, readFile, createUpload, appendUpload, readUpload, cancelUpload],
  create({ bus, database, settings, logger, metrics, health, clock }, { dataDir, isOneOfSeveral, mediaShared }) {
    const blobs = new DiskBlobStore(join(dataDir, 'media'));
    const parts: MediaParts = {
      areFilesOn: !isOneOfSeveral || mediaShared === 'yes',
      blobs,
      files: new PostgresFiles(database),
      uploads: new PostgresUploads(database),
      forms: new BusboyForms(uploadFields),
      protocol: new TusProtocol({ path: `/api/v1${createUpload.http.path}`, keptUnchangedMs, checksumAlgorithms }),
      bus,
      settings,
      logger,
      clock,
      uploadedBytes: metrics.counter('confab_media_uploaded_bytes_total', 'Bytes of files that were uploaded whole'),
    };
    const uploading = { ...parts, finishing: new Finishing(parts) };
    health.add({ name: 'files', required: false, check: () => stateOf(parts) });
    let timer: NodeJS.Timeout | undefined;
    return {
      implements: handlers.map((handler) => handler(parts)),
      routes: routeHandlers.map((handler) => handler(uploading)),
      jobs: [removalQueue(parts, clock)],
      start: async () => {
        await blobs.prepare();
        if (!parts.areFilesOn) logger.warn(notSharedText, { event: 'media.not_shared' });
        timer = setInterval(() => void tidy(parts), hours(1)).unref();
      },
      stop: () => {
        clearInterval(timer);
      },
    };
  },
});

async function stateOf({ areFilesOn, blobs }: MediaParts): Promise<string> {
  if (!areFilesOn) throw new Error(notSharedText);
  const free = await blobs.freeBytes();
  if (free === null) throw new Error('the directory of files cannot be read');
  return `${String(Math.floor(free / 2 ** 20))} MB are free`;
}
