import type { Input, Output } from '../../../contracts/define.ts';
import type { measureUserFiles } from '../../../contracts/media/erasure.ts';
import type { MediaParts } from '../parts.ts';

export const handleMeasureUserFiles = (
  { usage }: MediaParts,
  { userId }: Input<typeof measureUserFiles>,
): Promise<Output<typeof measureUserFiles>> => usage.ofPerson(userId);
