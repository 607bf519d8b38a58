import { type Context, requireActor } from '../../../kernel/context.ts';
import { newId } from '../../../kernel/ids.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { registered, requireIntake, storedFrom } from '../intake.ts';
import type { MediaParts } from '../parts.ts';

export async function handleUploadFile(parts: MediaParts, { request }: RouteCall, context: Context): Promise<Response> {
  const { userId: ownerId } = requireActor(context);
  await requireIntake(parts, Number(request.headers.get('content-length') ?? 0));
  const file = await parts.forms.read(request, (part) =>
    storedFrom(parts, { ...part, id: newId(), ownerId }, (stored, quotas) => parts.files.add(stored, quotas)),
  );
  parts.uploadedBytes.add({}, file.size);
  return Response.json(await registered(parts, file, context), { status: 201 });
}
