import { S3Error } from 'minio';
import { errorText } from '../../../../kernel/errors.ts';

/** What a store of objects says when the set-up is wrong, and what mends it. */
const remedies: Readonly<Record<string, string>> = {
  NoSuchBucket: 'the bucket of S3_BUCKET is not there: create it',
  InvalidAccessKeyId: 'the store does not know S3_ACCESS_KEY',
  SignatureDoesNotMatch: 'S3_SECRET_KEY does not belong to S3_ACCESS_KEY',
  RequestTimeTooSkewed: 'the clocks of this machine and of the store differ by more than 15 minutes: set them right',
  AccessDenied:
    'S3_ACCESS_KEY may not do this: it needs to read, write, delete and list in the bucket, and to abort uploads of several parts',
  AuthorizationHeaderMalformed: 'S3_REGION is another one than that of the bucket',
  PermanentRedirect: 'the bucket lies in another region: set S3_REGION, and S3_ENDPOINT to that region’s address',
  XMinioStorageFull: 'the store is full',
  MethodNotAllowed: 'the store takes no writes: it is read-only',
};

/** Why nobody can be reached at S3_ENDPOINT. */
const connectionFaults: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens at S3_ENDPOINT',
  ENOTFOUND:
    'the name of S3_ENDPOINT is not known here. A bucket in front of it would be looked for: other stores than Amazon’s are asked by path',
  EPROTO: 'S3_ENDPOINT speaks no TLS, or another version: http:// or https://?',
};

/** `minio` keeps no more of such an answer. */
const overloaded = /Retryable HTTP status: (\d{3})$/;

/** In words of whoever runs the server; never with a key. */
export function faultText(error: unknown): string {
  const { code = '' } = error as { code?: string };
  const known = remedies[code] ?? connectionFaults[code];
  if (known !== undefined) return known;
  const [, status] = overloaded.exec(errorText(error)) ?? [];
  if (status !== undefined) return `the store answers ${status}: it starts, is overloaded, or too few of its drives answer`;
  return error instanceof S3Error && code !== '' ? `the store answers ${code}: ${error.message}` : errorText(error);
}

export const isMissing = (error: unknown): boolean => ['NoSuchKey', 'NotFound'].includes((error as { code?: string }).code ?? '');
