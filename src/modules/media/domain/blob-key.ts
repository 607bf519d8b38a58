import { newSecret } from '../../../kernel/ids.ts';

/** A name for bytes that says nothing of them: 32 hexadecimal digits, which differ also where a disk does not tell capitals from small letters. */
export const newBlobKey = (): string => Buffer.from(newSecret(16), 'base64url').toString('hex');
