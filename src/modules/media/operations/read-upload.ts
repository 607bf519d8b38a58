import type { Input } from '../../../contracts/define.ts';
import type { readUpload } from '../../../contracts/media/uploads.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { PersonUploads } from '../own-uploads.ts';
import type { UploadingParts } from '../parts.ts';

/** By GET as JSON, by HEAD as the protocol says it. */
export async function handleReadUpload(
  parts: UploadingParts,
  { input: { uploadId }, request }: RouteCall<Input<typeof readUpload>>,
  context: Context,
): Promise<Response> {
  const uploads = new PersonUploads(parts, { ownerId: requireActor(context).userId });
  if (request.method === 'HEAD') return parts.protocol.answer(request, uploadId, uploads);
  return Response.json(await parts.finishing.seen(await uploads.find(uploadId), context));
}
