import { rotateKeys } from '../../../contracts/auth/keys.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AuthParts } from '../parts.ts';

export const implementRotateKeys = ({ signer }: AuthParts) =>
  implement(rotateKeys, async ({ now }) => {
    const { kid, signsFrom } = await signer.replace({ now });
    return { kid, signsFrom: signsFrom.toISOString() };
  });
