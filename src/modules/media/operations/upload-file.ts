import { type Context, requireActor } from '../../../kernel/context.ts';
import { newId } from '../../../kernel/ids.ts';
import type { RouteCall } from '../../../kernel/routes.ts';
import { registered, requireIntake, storedFrom } from '../intake.ts';
import type { MediaParts } from '../parts.ts';
import type { Quotas, StoredFile } from '../ports.ts';

/** What a form adds to its file, at most. */
const formOverhead = 65_536;

export async function handleUploadFile(parts: MediaParts, { request }: RouteCall, context: Context): Promise<Response> {
  const { userId: ownerId } = requireActor(context);
  const announced = Number(request.headers.get('content-length') ?? 0);
  await requireIntake(parts, { size: announced - formOverhead, room: announced });
  const add = (file: StoredFile, quotas: Quotas) => parts.files.add(file, quotas);
  const file = await parts.forms.read(request, (part) => storedFrom(parts, { ...part, id: newId(), ownerId }, { add }));
  parts.uploadedBytes.add({}, file.size);
  return Response.json(await registered(parts, file, context), { status: 201 });
}
