import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readUsers, userDisabled } from '../../contracts/auth/accounts.ts';
import { changeAvatar } from '../../contracts/auth/avatars.ts';
import { changeConversationAvatar } from '../../contracts/chat/avatars.ts';
import { conversationRemoved, getConversation } from '../../contracts/chat/conversations.ts';
import {
  checkAttachmentAccess,
  describeAttachment,
  registerAttachment,
  releaseAttachments,
  removeAttachments,
} from '../../contracts/chat/attachments.ts';
import { measureFiles } from '../../contracts/chat/files.ts';
import { readAvatar, uploadAvatar } from '../../contracts/media/avatars.ts';
import { readFile, readThumbnail, uploadFields, uploadFile } from '../../contracts/media/files.ts';
import { appendUpload, cancelUpload, checksumAlgorithms, createUpload, readUpload } from '../../contracts/media/uploads.ts';
import { hours, minutes } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import { errorText } from '../../kernel/errors.ts';
import type { Finding, Health } from '../../kernel/health.ts';
import { defineModule } from '../../kernel/module.ts';
import { SignedLinks } from '../../kernel/signed-links.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { PostgresAvatars } from './adapters/avatars/postgres.ts';
import { BusboyForms } from './adapters/busboy-forms.ts';
import { PostgresFiles } from './adapters/files/postgres.ts';
import { PostgresPreviews } from './adapters/preview-store/postgres.ts';
import { ChildPreviewMaker } from './adapters/previews/child-maker.ts';
import { foundTools, kindsWith, missingWith } from './adapters/previews/tools.ts';
import { scannerAt, scannerFinding } from './adapters/scanners.ts';
import { TusProtocol } from './adapters/tus/tus-protocol.ts';
import { PostgresUploads } from './adapters/uploads/postgres.ts';
import { PostgresUsage } from './adapters/usage/postgres.ts';
import { blobStoreAt, prepared, storeFinding } from './adapters/blob-stores.ts';
import { mediaConfig, objectStoreOf } from './config.ts';
import { notSharedText } from './domain/not-shared.ts';
import { Filling } from './filling.ts';
import { Finishing } from './finishing.ts';
import { ForcedRemoval } from './forced-removal.ts';
import { handlers, routeHandlers } from './handlers.ts';
import type { MediaParts } from './parts.ts';
import { Previews } from './previews.ts';
import { measuredBlobs } from './measured-blobs.ts';
import { Measuring } from './measuring.ts';
import { removalQueue } from './removal.ts';
import { StoredBytes } from './stored-bytes.ts';
import { onConversationRemoved } from './subscribers/on-conversation-removed.ts';
import { onUserDisabled } from './subscribers/on-user-disabled.ts';
import { keptUnchangedMs, tidy } from './tidy.ts';

/** Files that people upload, and their bytes. */
export const mediaModule = defineModule({
  name: 'media',
  config: mediaConfig,
  needs: {
    calls: [
      registerAttachment,
      describeAttachment,
      checkAttachmentAccess,
      releaseAttachments,
      removeAttachments,
      measureFiles,
      readUsers,
      changeAvatar,
      getConversation,
      changeConversationAvatar,
    ],
    kernel: ['bus', 'database', 'jobs', 'settings', 'logger', 'metrics', 'health', 'clock'],
    host: ['dataDir', 'isOneOfSeveral', 'secret'],
  },
  inspect: async ({ dataDir, clamavUrl, ...values }) =>
    (
      await Promise.all([storeFinding(objectStoreOf(values), join(dataDir, 'media')), previewTools(), scannerFinding(scannerAt(clamavUrl))])
    ).flat(),
  subscribers: [
    { event: userDisabled, subscriber: 'media.on-user-disabled' },
    { event: conversationRemoved, subscriber: 'media.on-conversation-removed' },
  ],
  routes: [uploadAvatar, readAvatar, uploadFile, readFile, readThumbnail, createUpload, appendUpload, readUpload, cancelUpload],
  async create(
    { bus, database, jobs, settings, logger, metrics, health, clock },
    { dataDir, isOneOfSeveral, secret, mediaShared, clamavUrl, ...values },
  ) {
    const objectStore = objectStoreOf(values);
    const store = await blobStoreAt(objectStore, join(dataDir, 'media'));
    const blobs = measuredBlobs(store, { took: storeMetric(metrics), clock });
    const maker = new ChildPreviewMaker(join(dataDir, 'previews'));
    const previewStore = new PostgresPreviews(database);
    const previews = new Previews({ blobs, store: previewStore, maker, bus, jobs, clock, logger, ...previewMetrics(metrics) });
    const filling = new Filling({ store: previewStore, maker, previews, jobs, clock, logger });
    const rows = rowsIn(database);
    const parts: MediaParts = {
      areFilesOn: !isOneOfSeveral || mediaShared === 'yes' || objectStore !== null,
      blobs,
      scanner: scannerAt(clamavUrl),
      maker,
      ...rows,
      forcedRemoval: new ForcedRemoval({ ...rows, blobs, bus, settings, clock, logger, jobs }),
      previews,
      previewStore,
      ...waysIn(),
      measuring: new Measuring({ usage: rows.usage, blobs, bus, clock }),
      bus,
      settings,
      logger,
      clock,
      links: new SignedLinks(secret),
      ...uploadMetrics(metrics),
    };
    addChecks(health, parts, maker);
    const storedBytes = storedBytesGauge(metrics, { usage: rows.usage, clock, logger });
    const upkeep = upkeepOf(parts, filling);
    return {
      implements: handlers.map((handler) => handler(parts)),
      routes: routesOf(parts),
      subscriptions: [onUserDisabled(parts), onConversationRemoved(parts)],
      jobs: [removalQueue(parts, clock), parts.forcedRemoval.expiry, parts.forcedRemoval.erasure, previews.queue, filling.queue],
      start: async () => {
        await Promise.all([prepared(store, logger), maker.prepare()]);
        void storedBytes.count();
        if (!parts.areFilesOn) logger.warn(notSharedText, { event: 'media.not_shared' });
        upkeep.start();
      },
      stop: () => {
        upkeep.stop();
        return maker.stop();
      },
    };
  },
});

function routesOf(parts: MediaParts) {
  const uploading = { ...parts, finishing: new Finishing(parts) };
  return routeHandlers.map((handler) => handler(uploading));
}

/** What is done by the clock while the module runs. */
function upkeepOf(parts: MediaParts, filling: Filling): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let late: NodeJS.Timeout | undefined;
  return {
    start: () => {
      // Once people are connected again.
      if (parts.areFilesOn) late = setTimeout(() => void beginFilling(filling, parts.logger), minutes(1)).unref();
      timer = setInterval(() => void tidy(parts), hours(1)).unref();
    },
    stop: () => {
      clearInterval(timer);
      clearTimeout(late);
    },
  };
}

/** How files come. */
const waysIn = () => ({
  forms: new BusboyForms(uploadFields),
  protocol: new TusProtocol({ path: `/api/v1${createUpload.http.path}`, keptUnchangedMs, checksumAlgorithms }),
});

const rowsIn = (database: Database) => ({
  avatars: new PostgresAvatars(database),
  files: new PostgresFiles(database),
  uploads: new PostgresUploads(database),
  usage: new PostgresUsage(database),
});

const beginFilling = (filling: Filling, logger: Logger): Promise<void> =>
  filling.begin().catch((error: unknown) => {
    logger.warn('files without previews are looked for at the next start', { event: 'media.filling_not_begun', error: errorText(error) });
  });

function addChecks(health: Health, parts: MediaParts, maker: ChildPreviewMaker): void {
  health.add({ name: 'files', required: false, check: () => stateOf(parts) });
  health.add({ name: 'previews', required: false, check: () => previewState(maker) });
  const { scanner } = parts;
  if (scanner) health.add({ name: 'scanner', required: false, check: () => scanner.state() });
}

const storeMetric = (metrics: Metrics) =>
  metrics.histogram('confab_media_store_seconds', 'Time that the store of files takes', ['operation']);

function storedBytesGauge(metrics: Metrics, parts: ConstructorParameters<typeof StoredBytes>[0]): StoredBytes {
  const bytes = new StoredBytes(parts);
  metrics.gauge(
    'confab_media_stored_bytes',
    'Bytes of files, previews and unfinished uploads in the store, counted within five minutes',
    () => bytes.value,
  );
  return bytes;
}

const uploadMetrics = (metrics: Metrics) => ({
  uploadedBytes: metrics.counter('confab_media_uploaded_bytes_total', 'Bytes of files that were uploaded whole'),
  intake: metrics.counter('confab_media_uploads_total', 'Uploads that ended: stored, refused, aborted by the client, or failed', [
    'result',
  ]),
});

const previewMetrics = (metrics: Metrics) => ({
  made: metrics.counter('confab_media_previews_total', 'Files that were looked into for previews', ['result']),
  took: metrics.histogram('confab_media_preview_seconds', 'Time to look into a file and make its previews'),
});

function previewState({ unavailable, kinds }: ChildPreviewMaker): Promise<string> {
  if (unavailable !== null) return Promise.reject(new Error(`files have no previews: ${unavailable}`));
  const missing = missingWith(kinds);
  return Promise.resolve(
    missing.length === 0 ? 'pictures, videos, sounds and PDF files have previews' : `pictures have previews; ${missing.join('; ')}`,
  );
}

async function previewTools(): Promise<readonly Finding[]> {
  const maker = new ChildPreviewMaker(tmpdir());
  const kinds = kindsWith(await foundTools());
  const others = missingWith(kinds).map((what) => ({ ok: true, what }));
  try {
    await maker.probe();
    const what = others.length === 0 ? 'pictures, videos, sounds and PDF files have previews' : 'pictures have previews';
    return [{ ok: true, what }, ...others];
  } catch (error) {
    return [
      { ok: false, what: `files have no previews: ${errorText(error)}. Install the packages of Confab again on this machine (npm ci)` },
    ];
  } finally {
    await maker.stop();
  }
}

const stateOf = ({ areFilesOn, blobs }: MediaParts): Promise<string> =>
  areFilesOn ? blobs.state() : Promise.reject(new Error(notSharedText));
