import * as contract from '../../contracts/media/index.ts';
import type { Implementation } from '../../kernel/bus/bus.ts';
import { answers, type RouteImplementation } from '../../kernel/routes.ts';
import { handleReadFile } from './operations/read-file.ts';
import { handleUploadFile } from './operations/upload-file.ts';
import type { MediaParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: MediaParts) => Implementation)[] = [];

/** One handler for each route of the area. */
export const routeHandlers: readonly ((parts: MediaParts) => RouteImplementation)[] = [
  answers(contract.readFile, handleReadFile),
  answers(contract.uploadFile, handleUploadFile),
];
