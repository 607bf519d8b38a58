import { AppError } from '../../../kernel/errors.ts';

const remedy =
  'keep them in an object store (S3_ENDPOINT), or mount one directory as <data>/media at each node and set CONFAB_MEDIA_SHARED=yes';

/** For the log and the health of a node whose files the other nodes would not find. */
export const notSharedText = `files are off: the nodes of this team do not share them; ${remedy}`;

export const notShared = (): AppError =>
  new AppError('unavailable', {
    detail: `Files are off, because the nodes of this team do not share them. An admin of the server turns them on: ${remedy}.`,
  });
