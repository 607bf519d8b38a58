import type { FileKind } from '../../../contracts/chat/files.ts';

const named: readonly FileKind[] = ['image', 'video', 'audio'];

export const fileKindOf = (mimeType: string): FileKind => named.find((kind) => mimeType.startsWith(`${kind}/`)) ?? 'other';
