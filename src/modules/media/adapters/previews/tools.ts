import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { PreviewKind } from '../../domain/previews.ts';

/** Where programs of the system are looked for, here and by the process that makes previews. */
export const programPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin';

/** Programs of the system by their paths; null where one is not installed. They are not part of Confab. */
export interface Tools {
  readonly ffmpeg: string | null;
  readonly ffprobe: string | null;
  readonly pdftoppm: string | null;
}

export async function foundTools(path: string = programPath): Promise<Tools> {
  const [ffmpeg, ffprobe, pdftoppm] = await Promise.all([found('ffmpeg', path), found('ffprobe', path), found('pdftoppm', path)]);
  return { ffmpeg, ffprobe, pdftoppm };
}

async function found(program: string, path: string): Promise<string | null> {
  for (const directory of path.split(':')) {
    const candidate = join(directory, program);
    const isThere = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return null;
}

/** What previews are made of with these programs. */
export function kindsWith({ ffmpeg, ffprobe, pdftoppm }: Tools): ReadonlySet<PreviewKind> {
  const kinds = new Set<PreviewKind>(['picture']);
  if (ffmpeg !== null && ffprobe !== null) kinds.add('video').add('sound');
  if (pdftoppm !== null) kinds.add('document');
  return kinds;
}

/** What people miss for want of a program, and what an admin does about it. */
export function missingWith(kinds: ReadonlySet<PreviewKind>): readonly string[] {
  return [
    ...(kinds.has('video')
      ? []
      : [`videos have no poster and sounds no waveform: ffmpeg is not in ${programPath} (apt-get install ffmpeg, and start again)`]),
    ...(kinds.has('document')
      ? []
      : [
          `PDF files have no picture of their first page: pdftoppm is not in ${programPath} (apt-get install poppler-utils, and start again)`,
        ]),
  ];
}
