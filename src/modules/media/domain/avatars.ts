import { newSecret } from '../../../kernel/ids.ts';

const path = '/api/v1/avatars/';

/** What no one can guess: whoever has it may see the picture. */
export const newAvatarToken = (): string => newSecret();

export const avatarUrlOf = (token: string): string => path + token;

/** Null where the address is none of ours. */
export const tokenIn = (avatarUrl: string | null): string | null => (avatarUrl?.startsWith(path) ? avatarUrl.slice(path.length) : null);

/** What avatars are made of. */
export const isAvatarSource = (mimeType: string): boolean => /^image\/(?:png|jpeg|webp|gif|avif|hei[cf])$/.test(mimeType);
