import type { FileProperties } from '../ports.ts';

/** How previews of a file are made. */
export type PreviewKind = 'picture' | 'video' | 'sound' | 'document';

const mebibyte = 2 ** 20;

/** By its type, and of how many bytes previews are made at most. SVG is no picture: it is a program. */
const kinds: Readonly<Record<PreviewKind, { readonly types: RegExp; readonly largest: number }>> = {
  picture: { types: /^image\/(?:png|apng|jpeg|gif|webp|avif|tiff|hei[cf](?:-sequence)?)$/, largest: 128 * mebibyte },
  video: {
    types: /^video\/(?:mp4|x-m4v|quicktime|3gpp2?|webm|(?:x-)?matroska|vnd\.avi|mpeg|MP1S|MP2P|mp2t|ogg|x-flv|x-ms-asf)$/,
    largest: 512 * mebibyte,
  },
  sound: { types: /^audio\/(?:mp4|x-m4a|mpeg|ogg|webm|wav|flac|aac|aiff|amr|x-ms-asf)(?:;|$)/, largest: 512 * mebibyte },
  document: { types: /^application\/pdf$/, largest: 128 * mebibyte },
};

export const previewKindOf = (mimeType: string): PreviewKind | null =>
  (Object.keys(kinds) as PreviewKind[]).find((kind) => kinds[kind].types.test(mimeType)) ?? null;

/**
 * What is known of a file before anybody looks into it: null where previews are made of it here. `made`: the kinds that this machine makes previews of. A file
 * of another kind may be looked into later, by a machine that does.
 */
export function propertiesBefore(
  { mimeType, size }: { readonly mimeType: string; readonly size: number },
  made: ReadonlySet<PreviewKind>,
): FileProperties | null {
  const kind = previewKindOf(mimeType);
  if (kind === null || !made.has(kind)) return { hasPreview: false };
  return size > kinds[kind].largest ? { hasPreview: false, previewFault: 'too_large' } : null;
}
