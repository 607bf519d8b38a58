import type { Cut, FileProperties, Preview, PreviewSource, Square } from '../../ports.ts';
import type { Tools } from './tools.ts';

/** What the process is asked, and what it says; `sized` may come before `made`. */
export interface Ask extends Pick<PreviewSource, 'mimeType'> {
  readonly path: string;
  readonly tools: Tools;
  /** Absent: the previews of the file. */
  readonly cut?: Cut;
}

export type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'sized'; readonly properties: FileProperties }
  | { readonly kind: 'made'; readonly properties: FileProperties; readonly previews: readonly Preview[] }
  | { readonly kind: 'cut'; readonly squares: readonly Square[] };
