import type { Output } from '../../../contracts/define.ts';
import type { getStorage } from '../../../contracts/media/storage.ts';
import type { MediaParts } from '../parts.ts';

export const handleGetStorage = ({ measuring }: MediaParts): Promise<Output<typeof getStorage>> => measuring.storage();
