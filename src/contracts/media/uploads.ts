import { z } from 'zod';
import { Attachment } from '../chat/messages.ts';
import { route } from '../define.ts';
import { Counter, Id, Nothing, Timestamp } from '../primitives.ts';
import { largestFile } from './files.ts';

/** An upload that goes on where it was cut off (tus 1.0.0). */
export const Upload = z
  .strictObject({
    /** Of the file, too, that it becomes. */
    id: Id,
    /** All of it, bytes. */
    size: Counter,
    /** Bytes that are stored: the next ones begin here. */
    received: Counter,
    /** When it is given up unless more of it comes before; null once it is a file. */
    expiresAt: Timestamp.nullable(),
    /** The file, once it is whole, checked and stored. Null before: ask again. */
    attachment: Attachment.nullable(),
  })
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof Upload>;

/** What `Upload-Checksum` may name: `sha1 <base64>`. */
export const checksumAlgorithms = ['sha1', 'sha256'] as const;

const tusVersion = '1.0.0';
const optionsHeaders = {
  'Tus-Resumable': tusVersion,
  'Tus-Version': tusVersion,
  'Tus-Extension': 'creation,creation-with-upload,termination,checksum,expiration',
  'Tus-Checksum-Algorithm': checksumAlgorithms.join(','),
};
const versionHeader = { 'Tus-Resumable': `Version of the protocol: ${tusVersion}` };
const checksumHeader = { 'Upload-Checksum': 'Name and base64 of a digest of this body: it counts only where they agree' };
const otherVersion = { 412: 'The client speaks another version of tus' };
const otherDigest = { 460: 'The body has another digest than `Upload-Checksum`: none of it is kept' };

const bytes = { body: 'stream', bodyTypes: ['application/offset+octet-stream'], bodyBytes: largestFile, deadlineMs: 60_000 } as const;
const ofOne = { access: 'user', input: z.strictObject({ uploadId: Id }), optionsHeaders } as const;
const path = '/media/uploads/:uploadId';
const refusals = ['payload_too_large', 'quota_exceeded', 'unsupported_media_type', 'malware_found'] as const;

export const createUpload = route({
  name: 'media.createUpload',
  summary:
    'Begin an upload that can go on after it is cut off (tus 1.0.0: creation, creation-with-upload). `Location` is its address; a body is its first bytes',
  access: 'user',
  input: Nothing,
  http: { method: 'POST', path: '/media/uploads' },
  ...bytes,
  requestHeaders: {
    ...versionHeader,
    'Upload-Length': 'Size of the file, bytes',
    'Upload-Metadata': '`filename` and `filetype`, each with its value in base64',
    ...checksumHeader,
  },
  optionsHeaders,
  answer: 'json',
  status: 201,
  output: Upload,
  otherStatuses: { ...otherVersion, ...otherDigest },
  errors: refusals,
});

export const appendUpload = route({
  ...ofOne,
  name: 'media.appendUpload',
  summary: 'Further bytes of an upload of one’s own. The last ones make it a file, which its address then names',
  http: { method: 'PATCH', path },
  ...bytes,
  requestHeaders: { ...versionHeader, 'Upload-Offset': 'Where these bytes begin: `received`', ...checksumHeader },
  answer: 'text',
  status: 204,
  otherStatuses: { ...otherVersion, ...otherDigest },
  errors: refusals,
});

export const readUpload = route({
  ...ofOne,
  name: 'media.readUpload',
  summary: 'How far an upload of one’s own is, and the file that it has become. By HEAD as tus says it: `Upload-Offset`, `Upload-Length`',
  http: { method: 'GET', path },
  requestHeaders: versionHeader,
  deadlineMs: 60_000,
  answer: 'json',
  output: Upload,
  otherStatuses: otherVersion,
  errors: refusals,
});

export const cancelUpload = route({
  ...ofOne,
  name: 'media.cancelUpload',
  summary: 'Give up an upload of one’s own, or the file that it became, unless a message holds it (tus 1.0.0: termination)',
  http: { method: 'DELETE', path },
  requestHeaders: versionHeader,
  answer: 'text',
  status: 204,
  otherStatuses: otherVersion,
});
