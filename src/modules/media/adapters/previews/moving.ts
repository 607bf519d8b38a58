import { dirname, join } from 'node:path';
import type { Made } from './child.ts';
import type { Ask, Said } from './frames.ts';
import { mostPixels, plainIn, previewsOf } from './pictures.ts';
import { inputOf, probed, type ProbedVideo } from './probe.ts';
import { runTool } from './run-tool.ts';
import { waveformIn } from './sounds.ts';

/** No poster is larger, pixels. */
const posterEdge = 1_600;
/** The poster is a frame from behind the begin, which is often black; seconds. */
const posterAtMost = 3;

/** A video or a sound. A file of videos may hold sound alone. */
export async function lookIntoMoving(ask: Ask, say: (said: Said) => void): Promise<Made> {
  const { ffmpeg, ffprobe } = ask.tools;
  if (ffmpeg === null || ffprobe === null) throw new Error('ffmpeg is not installed');
  const { duration, video, hasSound } = await probed(ffprobe, ask);
  const known = { ...(duration === null ? {} : { duration }), hasPreview: false };
  if (video === null) {
    if (!hasSound) throw new Error('neither a video nor a sound is in it');
    say({ kind: 'sized', properties: known });
    return { properties: { ...known, ...(await waveformIn(ffmpeg, ask, duration)) }, previews: [] };
  }
  const sized = { ...known, ...video };
  say({ kind: 'sized', properties: sized });
  if (video.width * video.height > mostPixels) return { properties: { ...sized, previewFault: 'too_large' }, previews: [] };
  const { properties, previews } = await posterOf(ffmpeg, ask, { video, duration });
  return { properties: { ...properties, ...sized, hasPreview: true }, previews };
}

async function posterOf(
  ffmpeg: string,
  ask: Ask,
  { duration }: { readonly video: ProbedVideo; readonly duration: number | null },
): Promise<Made> {
  const poster = join(dirname(ask.path), 'poster.png');
  const scaled = `scale=w='min(iw,${String(posterEdge)})':h='min(ih,${String(posterEdge)})':force_original_aspect_ratio=decrease`;
  const taken = (seconds: number) =>
    runTool(
      ffmpeg,
      ['-v', 'error', '-nostdin', '-y', '-noaccurate_seek', '-ss', seconds.toFixed(3), ...inputOf(ask)].concat(
        ['-map', '0:V:0', '-frames:v', '1', '-filter_threads', '1', '-vf', `scale=w='max(1,trunc(iw*sar))':h=ih,setsar=1,${scaled}`],
        ['-c:v', 'png', '-threads', '1', '-update', '1', '-f', 'image2', `file:${poster}`],
      ),
      { mostBytes: 0 },
    ).then(() => plainIn(poster));
  // Near the end of a file that was cut off there is no frame.
  const picture = await taken(Math.min((duration ?? 0) / 10, posterAtMost)).catch(() => taken(0));
  if (picture.decode === null) throw new Error('the poster is too large');
  return previewsOf({ ...picture, size: Number.POSITIVE_INFINITY, decode: picture.decode, moving: null });
}
