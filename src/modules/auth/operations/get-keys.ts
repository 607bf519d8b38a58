import { getKeys } from '../../../contracts/auth/keys.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AuthParts } from '../parts.ts';

export const implementGetKeys = ({ signer }: AuthParts) => implement(getKeys, async () => ({ keys: await signer.published() }));
