import type { Attachment } from '../../contracts/chat/messages.ts';
import type { FileStorage } from '../../contracts/media/storage.ts';
import type { PreviewKind } from './domain/previews.ts';

/** Where bytes lie, by random names. What `put` has not answered for is never seen by anybody. */
export interface BlobStore {
  /** Makes ready what it keeps things in. Rejects with what is wrong and how to mend it. */
  prepare(): Promise<void>;
  /**
   * Stores all of it, durably, or nothing. Rejects with what `bytes` throws, and with `unavailable` where the store is away or has no room.
   * A key is used once.
   */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** The bytes from `start` to `end`, both included; all without a range. Rejects with `not_found` where there are none. */
  read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
  /** Where a browser gets these bytes, whole or in ranges, from the store itself until a time; null where it cannot be sent there. */
  address(key: string, as: BlobAddress): Promise<string | null>;
  /** Also where there is nothing. */
  delete(key: string): Promise<void>;
  /** Keys in their order, above `after`, with when they were stored (Unix milliseconds); `limit` at most. Fewer are all that there are. */
  list(after: string | null, limit: number): Promise<readonly StoredBlob[]>;
  /** Removes what uploads left that never ended, where nothing came for a while; `isAll`: whatever there is, as no server runs. Answers how many. */
  removeAbandoned(isAll?: boolean): Promise<number>;
  /** Bytes that may still be stored; null where nobody knows. */
  freeBytes(): Promise<number | null>;
  /** What the health page says of it. Rejects with what is wrong. */
  state(): Promise<string>;
}

export interface StoredBlob {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly storedAt: number;
}

/** Looks into files before they are taken. */
export interface Scanner {
  /**
   * The name of the malware that it found; null where it found none. Rejects with `unavailable` where it does not answer, and with
   * `payload_too_large` where it takes no file of this size.
   */
  scan(bytes: AsyncIterable<Uint8Array>): Promise<string | null>;
  /** What the health page says of it. Rejects with what is wrong. */
  state(): Promise<string>;
}

/** What the store shall say of bytes that a browser gets from it. */
export interface BlobAddress {
  readonly contentType: string;
  readonly contentDisposition: string;
  /** Seconds from now. */
  readonly holdsSeconds: number;
}

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A file as it is kept. Its bytes are those of every file with the same digest. */
export interface StoredFile {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
  readonly blobKey: string;
}

/** Bytes that the database knows of. */
export interface ExpectedBlob {
  readonly key: string;
  readonly size: number;
  readonly of: 'file' | 'preview' | 'upload';
  /** Of a file, or of the file that a preview was made of; null for a part of an upload. */
  readonly sha256: string | null;
}

export interface Quotas {
  readonly personQuotaBytes: number | null;
  readonly teamQuotaBytes: number | null;
}

export interface FileStore {
  /**
   * Stores a file whose bytes lie under `blobKey`. Where the same bytes lie under another key already, the answer names that one, and the new
   * ones are needed no more. Rejects with `quota_exceeded`.
   */
  add(file: StoredFile, quotas: Quotas): Promise<StoredFile>;
  find(fileId: string): Promise<StoredFile | null>;
  /** Ids above `after`, in order, of files that were added before a time; those of one person where `ownerId` is given. */
  addedBefore(time: string, page: { after: string | null; limit: number; ownerId?: string }): Promise<readonly string[]>;
  /** Removes files; answers the keys of the bytes that no other file has, and of their previews. */
  remove(fileIds: readonly string[]): Promise<readonly string[]>;
  /** Those of these keys that belong to no file, no upload and no preview. */
  unknown(blobKeys: readonly string[]): Promise<readonly string[]>;
  /** What the store has to hold, in the order of its keys, above `after`. */
  expected(page: { after: string | null; limit: number }): Promise<readonly ExpectedBlob[]>;
  /** Files with these bytes, one of each digest. */
  withDigests(digests: readonly string[]): Promise<readonly StoredFile[]>;
}

/** A file that comes in several requests. */
export interface StoredUpload {
  /** Of the file, too, that it becomes. */
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly declaredType: string;
  /** All of it, bytes. */
  readonly size: number;
  /** Bytes that are stored, in parts. */
  readonly received: number;
  readonly partCount: number;
  /** When bytes came last, Unix milliseconds. */
  readonly changedAt: number;
}

/** Bytes of an upload that lie in the store by themselves. */
export interface StoredPart {
  /** Where in the file they begin. */
  readonly start: number;
  readonly size: number;
  readonly blobKey: string;
}

export interface UploadStore {
  /** Rejects with `quota_exceeded` where the files and uploads of its owner would take too much, and with `conflict` where they have too many under way. */
  create(upload: Pick<StoredUpload, 'id' | 'ownerId' | 'name' | 'declaredType' | 'size'>, quotas: Quotas): Promise<void>;
  find(uploadId: string): Promise<StoredUpload | null>;
  /** Adds parts behind what is there. False where the upload is gone, or ends elsewhere than the first of them begins: then none is added. */
  addParts(uploadId: string, parts: readonly StoredPart[]): Promise<boolean>;
  /** In their order. */
  parts(uploadId: string): Promise<readonly StoredPart[]>;
  /** Makes an upload a file; null where it is gone. Rejects with `quota_exceeded`. Its parts are forgotten: their bytes are the caller's to delete. */
  finish(file: StoredFile, quotas: Quotas): Promise<StoredFile | null>;
  /** Answers the keys of its bytes; null where it is gone. */
  remove(uploadId: string): Promise<readonly string[] | null>;
  /** Ids of uploads to which nothing came since a time. */
  unchangedSince(time: string, limit: number): Promise<readonly string[]>;
  /** Ids of the uploads of a person that were begun before a time. */
  begunBefore(time: string, ownerId: string): Promise<readonly string[]>;
}

/** What files take, counted: each reads a row of each file that it counts. */
export interface Usage {
  totals(): Promise<Pick<FileStorage, 'storedBytes' | 'previewBytes' | 'uploads' | 'uploadBytes'>>;
  kinds(): Promise<FileStorage['kinds']>;
  /** Those with the most bytes, them first. */
  people(limit: number): Promise<FileStorage['people']>;
  /** Of one person, with what came of their uploads. */
  ofPerson(userId: string): Promise<{ readonly files: number; readonly bytes: number }>;
}

/** What a protocol of uploads asks of those of one person. */
export interface OwnUploads {
  create(given: Pick<StoredUpload, 'id' | 'name' | 'declaredType' | 'size'>): Promise<StoredUpload>;
  /** As far as it is; a file that it became counts as whole. Rejects with `not_found`. */
  find(uploadId: string): Promise<StoredUpload>;
  /** Stores what comes behind `offset`; answers how much is there. What came before `bytes` fails is kept, unless a checksum is to be met. */
  append(
    uploadId: string,
    at: { readonly offset: number; readonly checksum: Checksum | null },
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<number>;
  cancel(uploadId: string): Promise<void>;
}

export interface Checksum {
  readonly algorithm: string;
  /** In base64. */
  readonly digest: string;
}

export interface UploadProtocol {
  /** Answers a request of the protocol, of one upload or for a new one. Rejects as `uploads` does. */
  answer(request: Request, uploadId: string | null, uploads: OwnUploads): Promise<Response>;
}

/** The file part of a form. */
export interface UploadPart {
  /** As the client wrote it. */
  readonly name: string;
  readonly declaredType: string;
  /** Ends when the whole form has come; throws where it does not end well. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface UploadForms {
  /** Gives the part `file` of a form to `use`. What is not read of the form by then stays unread. Rejects with `validation_failed`. */
  read<T>(request: Request, use: (part: UploadPart) => Promise<T>): Promise<T>;
}

/** What the bytes of a file are found to be. */
export interface FileProperties extends Pick<
  Attachment,
  'width' | 'height' | 'duration' | 'codec' | 'waveform' | 'thumbhash' | 'previewFault'
> {
  /** False where its type has none too. */
  readonly hasPreview: boolean;
}

/** `small` fits a grid of pictures, `large` a screen. Of a picture that is small itself, or moves, there is no large one. */
export type PreviewName = 'small' | 'large';

/** A picture that was made of a file. */
export interface Preview {
  readonly name: PreviewName;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

export interface StoredPreview extends Pick<Preview, 'name' | 'mimeType'> {
  readonly blobKey: string;
  /** Bytes. */
  readonly size: number;
}

/** What previews are made of. */
export interface PreviewSource extends Pick<StoredFile, 'mimeType'> {
  readonly open: () => Promise<AsyncIterable<Uint8Array>>;
}

type PreviewFault = NonNullable<FileProperties['previewFault']>;

/** Which part of the upright picture, in its pixels; what lies outside of it is left out. `edge` null: the middle. */
export interface Cut {
  readonly x: number;
  readonly y: number;
  readonly edge: number | null;
  /** Edges of what is made, pixels. */
  readonly edges: readonly number[];
}

export interface Square {
  readonly edge: number;
  readonly bytes: Uint8Array;
}

/** Whose picture it is. */
export interface AvatarSubject {
  readonly kind: 'user' | 'conversation';
  readonly id: string;
}

export interface AvatarStore {
  /** Keeps squares that nobody has yet, a few of each person. `token`: what their address names. */
  add(avatar: { readonly id: string; readonly token: string; readonly madeBy: string }, squares: readonly Square[]): Promise<void>;
  /** Gives a picture of this person to a subject, for good; answers its token, and null where it is not theirs or another subject has it. */
  give(id: string, madeBy: string, subject: AvatarSubject): Promise<string | null>;
  /** Takes it back from a subject that did not get it. */
  takeBack(id: string): Promise<void>;
  /** Of a picture that was given to somebody. */
  read(token: string, edge: number): Promise<Uint8Array | null>;
  /**
   * Remembers that the subject has had a picture (`setId`), and removes those it had before the current one. What was given to it and is not set yet
   * stays for an hour.
   */
  settle(subject: AvatarSubject, by: { readonly setId: string | null; readonly currentToken: string | null }): Promise<void>;
  /** Removes every picture of a subject. */
  removeOf(subject: AvatarSubject): Promise<void>;
  /** Removes the pictures that a person made and gave to nobody. */
  removeUnusedOf(madeBy: string): Promise<void>;
  /** Removes pictures that were made before a time and given to nobody. Answers how many. */
  removeUnused(madeBefore: string): Promise<number>;
}

export interface PreviewMaker {
  /** Makes ready what it works in, and looks which programs this machine has. */
  prepare(): Promise<void>;
  /** What this machine makes previews of, once it is prepared. */
  readonly kinds: ReadonlySet<PreviewKind>;
  /**
   * Looks into a file and makes its previews, one file at a time. Whatever the file does, it settles within its deadline: a fault of the file is a property.
   * `onSized` is called as soon as width and height are known. Rejects with `PreviewsUnavailable` where this machine cannot make any, and with what `open` throws.
   */
  make(
    source: PreviewSource,
    onSized: (properties: FileProperties) => void,
  ): Promise<{ readonly properties: FileProperties; readonly previews: readonly Preview[] }>;
  /**
   * Cuts a square out of the first frame of a picture and makes it in sizes, as WebP without metadata; a fault of the file is answered. Rejects as
   * `make` does.
   */
  squares(source: PreviewSource, cut: Cut): Promise<readonly Square[] | PreviewFault>;
  /** Whether this machine can make previews; rejects with `PreviewsUnavailable`. */
  probe(): Promise<void>;
  /** The same as far as it was seen, for the health; costs nothing. */
  readonly unavailable: string | null;
  stop(): Promise<void>;
}

/** This machine cannot make previews; the message says why. Files work without. */
export class PreviewsUnavailable extends Error {}

export interface PreviewStore {
  /** What is known of these bytes; null where nobody has looked yet. */
  properties(sha256: string): Promise<FileProperties | null>;
  /** Answers the keys that are not needed: another was first, or the bytes are gone. */
  save(sha256: string, properties: FileProperties, previews: readonly StoredPreview[]): Promise<readonly string[]>;
  find(sha256: string, name: PreviewName): Promise<StoredPreview | null>;
  /**
   * A file for each of the bytes, with a digest above `after`, that may have previews and that nobody has looked into, in the order of their digests;
   * `limit` at most.
   */
  unseen(after: string, limit: number): Promise<readonly StoredFile[]>;
  /** Every file with these bytes. */
  filesOf(sha256: string): Promise<readonly StoredFile[]>;
}
