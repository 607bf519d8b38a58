import { newSecret } from '../../../kernel/ids.ts';

/** A name for bytes that says nothing of them: 32 hexadecimal digits, all in lower case: some disks know no other. */
export const newBlobKey = (): string => Buffer.from(newSecret(16), 'base64url').toString('hex');
