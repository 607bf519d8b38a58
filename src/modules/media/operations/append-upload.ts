import type { Input } from '../../../contracts/define.ts';
import type { appendUpload } from '../../../contracts/media/uploads.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { PersonUploads } from '../own-uploads.ts';
import type { UploadingParts } from '../parts.ts';

/** The last bytes make a file: whatever is wrong with it is said here, where the client learns it first. */
export async function handleAppendUpload(
  parts: UploadingParts,
  { input: { uploadId }, request }: RouteCall<Input<typeof appendUpload>>,
  context: Context,
): Promise<Response> {
  const uploads = new PersonUploads(parts, { ownerId: requireActor(context).userId });
  const answer = await parts.protocol.answer(request, uploadId, uploads);
  if (answer.status === 204) await parts.finishing.seen(await uploads.find(uploadId), context);
  return answer;
}
