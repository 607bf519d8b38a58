import type { Picture } from './pictures.tsx';

/** A larger original is downloaded by whoever wants to see it. */
const shownAtMost = 30 * 1024 * 1024;

/**
 * Whether the original of a picture is to be shown in place of what was loaded: somebody zooms to more pixels than that has, and a browser shows the original.
 * `shownWidth`: pixels of the screen.
 */
export const wantsOriginal = (
  { width, mimeType, size }: Pick<Picture, 'width' | 'mimeType' | 'size'>,
  { loadedWidth, shownWidth }: { readonly loadedWidth: number; readonly shownWidth: number },
): boolean =>
  loadedWidth > 0 &&
  loadedWidth < width &&
  shownWidth > loadedWidth &&
  size <= shownAtMost &&
  /^image\/(?:png|apng|jpeg|gif|webp|avif)$/.test(mimeType);
