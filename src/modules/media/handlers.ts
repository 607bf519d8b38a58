import * as contract from '../../contracts/media/index.ts';
import { handles, type Implementation } from '../../kernel/bus/bus.ts';
import { answers, type RouteImplementation } from '../../kernel/routes.ts';
import { handleAppendUpload } from './operations/append-upload.ts';
import { handleCancelUpload } from './operations/cancel-upload.ts';
import { handleCheckStore } from './operations/check-store.ts';
import { handleCreateUpload } from './operations/create-upload.ts';
import { handleGetStorage } from './operations/get-storage.ts';
import { handleLinkFile } from './operations/link-file.ts';
import { handleMeasureUserFiles } from './operations/measure-user-files.ts';
import { handleReadAvatar } from './operations/read-avatar.ts';
import { handleRemoveConversationAvatar } from './operations/remove-conversation-avatar.ts';
import { handleRemoveOrphans } from './operations/remove-orphans.ts';
import { handleRemoveOwnAvatar } from './operations/remove-own-avatar.ts';
import { handleRemoveUserAvatar } from './operations/remove-user-avatar.ts';
import { handleRemoveUserFiles } from './operations/remove-user-files.ts';
import { handleSetConversationAvatar } from './operations/set-conversation-avatar.ts';
import { handleSetOwnAvatar } from './operations/set-own-avatar.ts';
import { handleUploadAvatar } from './operations/upload-avatar.ts';
import { handleReadFile } from './operations/read-file.ts';
import { handleReadThumbnail } from './operations/read-thumbnail.ts';
import { handleReadUpload } from './operations/read-upload.ts';
import { handleUploadFile } from './operations/upload-file.ts';
import type { MediaParts, UploadingParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: MediaParts) => Implementation)[] = [
  handles(contract.checkStore, handleCheckStore),
  handles(contract.getStorage, handleGetStorage),
  handles(contract.linkFile, handleLinkFile),
  handles(contract.measureUserFiles, handleMeasureUserFiles),
  handles(contract.removeConversationAvatar, handleRemoveConversationAvatar),
  handles(contract.removeOrphans, handleRemoveOrphans),
  handles(contract.removeOwnAvatar, handleRemoveOwnAvatar),
  handles(contract.removeUserAvatar, handleRemoveUserAvatar),
  handles(contract.removeUserFiles, handleRemoveUserFiles),
  handles(contract.setConversationAvatar, handleSetConversationAvatar),
  handles(contract.setOwnAvatar, handleSetOwnAvatar),
];

/** One handler for each route of the area. */
export const routeHandlers: readonly ((parts: UploadingParts) => RouteImplementation)[] = [
  answers(contract.appendUpload, handleAppendUpload),
  answers(contract.cancelUpload, handleCancelUpload),
  answers(contract.createUpload, handleCreateUpload),
  answers(contract.readAvatar, handleReadAvatar),
  answers(contract.readFile, handleReadFile),
  answers(contract.readThumbnail, handleReadThumbnail),
  answers(contract.readUpload, handleReadUpload),
  answers(contract.uploadAvatar, handleUploadAvatar),
  answers(contract.uploadFile, handleUploadFile),
];
