import { z } from 'zod';
import { Attachment } from '../chat/messages.ts';
import { operation, route } from '../define.ts';
import { Id, Nothing, storable, Timestamp } from '../primitives.ts';

/** No setting allows a larger file, bytes. */
export const largestFile = 16 * 2 ** 30;
/** What a form takes besides its file, bytes. */
const formOverhead = 65_536;

/** What a form may hold besides its file. A file belongs to the conversation that it is sent to, whichever it names here. */
export const uploadFields = z.strictObject({ conversationId: Id.optional() });

export const uploadFile = route({
  name: 'media.uploadFile',
  summary:
    'Upload one file, as the part `file` of a form. Answers its Attachment, which is sent with a message by its id. A file that is in no message is removed later',
  access: 'user',
  input: Nothing,
  http: { method: 'POST', path: '/media' },
  body: 'multipart',
  fileParts: ['file'],
  formFields: uploadFields,
  bodyBytes: largestFile + formOverhead,
  answer: 'json',
  status: 201,
  output: Attachment,
  errors: ['payload_too_large', 'quota_exceeded', 'unsupported_media_type', 'malware_found'],
});

export const readFile = route({
  name: 'media.readFile',
  summary:
    'The bytes of a file, or a range of them. Who may read its message now may read it; its owner alone, before it was sent. `link`, of `media.linkFile`, stands in place of a bearer token',
  access: 'user',
  input: z.strictObject({ fileId: Id, link: storable().max(200).optional() }),
  linkField: 'link',
  http: { method: 'GET', path: '/media/:fileId' },
  answer: 'stream',
  answerType: '*/*',
  otherStatuses: {
    206: 'The range that was asked for',
    304: 'The client has this file already',
    416: 'The file has no such range',
  },
});

/** For players of browsers, which send no header. Whoever has the address has the file: it is not to be kept or shown. */
export const linkFile = operation({
  name: 'media.linkFile',
  summary:
    'An address that gives this file, whole or in ranges, without a header for some minutes. It ends with the session, and as soon as the person may not read the file any more. Where the server sends browsers to its object store, it is an absolute address there of a picture, sound or video, and holds for five minutes',
  access: 'user',
  input: z.strictObject({ fileId: Id }),
  output: z.strictObject({ url: z.string(), expiresAt: Timestamp }),
  http: { method: 'GET', path: '/media/:fileId/link' },
});

export const readThumbnail = route({
  name: 'media.readThumbnail',
  summary:
    'A small or a large picture of a file, upright and without metadata; for whoever may read the file. Of a picture that is small itself, or moves, the large one is the file. `not_found` where there is none',
  access: 'user',
  input: z.strictObject({ fileId: Id, size: z.enum(['small', 'large']).default('small') }),
  http: { method: 'GET', path: '/media/:fileId/thumbnail' },
  answer: 'stream',
  answerType: 'image/*',
  otherStatuses: { 304: 'The client has this picture already' },
});
