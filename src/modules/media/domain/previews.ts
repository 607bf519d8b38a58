import type { FileProperties } from '../ports.ts';

/** What pictures are made of. SVG is none of them: it is a program. */
const pictures = /^image\/(?:png|apng|jpeg|gif|webp|avif|tiff|hei[cf](?:-sequence)?)$/;

/** Previews are made of no more bytes than this. */
const largestSource = 128 * 2 ** 20;

/** Whether previews are made of it: nothing is known before (`null`) or all that will ever be. */
export const propertiesBefore = ({ mimeType, size }: { readonly mimeType: string; readonly size: number }): FileProperties | null => {
  if (!pictures.test(mimeType)) return { hasPreview: false };
  return size > largestSource ? { hasPreview: false, previewFault: 'too_large' } : null;
};
