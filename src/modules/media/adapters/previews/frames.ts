import type { FileFacts, Preview, PreviewSource } from '../../ports.ts';

/** What the process is asked, and what it says; `told` may come before `made`. */
export interface Ask extends Pick<PreviewSource, 'mimeType'> {
  readonly path: string;
}

export type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'told'; readonly facts: FileFacts }
  | { readonly kind: 'made'; readonly facts: FileFacts; readonly previews: readonly Preview[] };
