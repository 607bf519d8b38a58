import { previewKindOf } from '../../domain/previews.ts';
import type { FileProperties } from '../../ports.ts';
import type { Made } from './child.ts';
import { lookIntoDocument } from './documents.ts';
import type { Ask, Said } from './frames.ts';
import { lookIntoMoving } from './moving.ts';
import { lookIntoPicture } from './pictures.ts';
import { ToolCrashed } from './run-tool.ts';

const ways: Readonly<Record<string, (ask: Ask, say: (said: Said) => void) => Promise<Made>>> = {
  video: lookIntoMoving,
  sound: lookIntoMoving,
  document: lookIntoDocument,
};

/** Looks into one file. What its header says is said first, and stays true where no preview can be made. */
export async function lookInto(ask: Ask, say: (said: Said) => void): Promise<void> {
  let known: FileProperties = { hasPreview: false };
  const noted = (said: Said): void => {
    if (said.kind === 'sized') known = said.properties;
    say(said);
  };
  try {
    const way = ways[previewKindOf(ask.mimeType) ?? ''] ?? lookIntoPicture;
    say({ kind: 'made', ...(await way(ask, noted)) });
  } catch (error) {
    const previewFault = error instanceof ToolCrashed ? 'failed' : 'unreadable';
    say({ kind: 'made', properties: { ...known, previewFault }, previews: [] });
  }
}
