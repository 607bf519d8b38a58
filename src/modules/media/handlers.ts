import * as contract from '../../contracts/media/index.ts';
import { handles, type Implementation } from '../../kernel/bus/bus.ts';
import { answers, type RouteImplementation } from '../../kernel/routes.ts';
import { handleAppendUpload } from './operations/append-upload.ts';
import { handleCancelUpload } from './operations/cancel-upload.ts';
import { handleCreateUpload } from './operations/create-upload.ts';
import { handleLinkFile } from './operations/link-file.ts';
import { handleReadFile } from './operations/read-file.ts';
import { handleReadThumbnail } from './operations/read-thumbnail.ts';
import { handleReadUpload } from './operations/read-upload.ts';
import { handleUploadFile } from './operations/upload-file.ts';
import type { MediaParts, UploadingParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: MediaParts) => Implementation)[] = [handles(contract.linkFile, handleLinkFile)];

/** One handler for each route of the area. */
export const routeHandlers: readonly ((parts: UploadingParts) => RouteImplementation)[] = [
  answers(contract.appendUpload, handleAppendUpload),
  answers(contract.cancelUpload, handleCancelUpload),
  answers(contract.createUpload, handleCreateUpload),
  answers(contract.readFile, handleReadFile),
  answers(contract.readThumbnail, handleReadThumbnail),
  answers(contract.readUpload, handleReadUpload),
  answers(contract.uploadFile, handleUploadFile),
];
