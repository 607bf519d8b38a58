import type { Input } from '../../../contracts/define.ts';
import type { cancelUpload } from '../../../contracts/media/uploads.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { PersonUploads } from '../own-uploads.ts';
import type { UploadingParts } from '../parts.ts';

export const handleCancelUpload = (
  parts: UploadingParts,
  { input: { uploadId }, request }: RouteCall<Input<typeof cancelUpload>>,
  context: Context,
): Promise<Response> => parts.protocol.answer(request, uploadId, new PersonUploads(parts, { ownerId: requireActor(context).userId }));
