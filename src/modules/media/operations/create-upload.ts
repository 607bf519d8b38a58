import { type Context, requireActor } from '../../../kernel/context.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { PersonUploads } from '../own-uploads.ts';
import type { UploadingParts } from '../parts.ts';

export async function handleCreateUpload(parts: UploadingParts, { request }: RouteCall, context: Context): Promise<Response> {
  const uploads = new PersonUploads(parts, { ownerId: requireActor(context).userId });
  const answer = await parts.protocol.answer(request, null, uploads);
  if (answer.status !== 201) return answer;
  const uploadId = answer.headers.get('location')?.split('/').at(-1) ?? '';
  const upload = await parts.finishing.seen(await uploads.find(uploadId), context);
  return Response.json(upload, { status: 201, headers: answer.headers });
}
