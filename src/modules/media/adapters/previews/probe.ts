import { runTool } from './run-tool.ts';

/** What ffprobe says of a file. */
export interface Probed {
  /** Seconds; null where the file does not say. */
  readonly duration: number | null;
  readonly video: ProbedVideo | null;
  readonly hasSound: boolean;
}

export interface ProbedVideo {
  /** Pixels as it is shown: turned, and with square pixels. */
  readonly width: number;
  readonly height: number;
  readonly codec: string;
}

interface ProbedStream {
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly width?: number;
  readonly height?: number;
  readonly sample_aspect_ratio?: string;
  readonly duration?: string;
  readonly disposition?: { readonly attached_pic?: number };
  readonly tags?: { readonly rotate?: string };
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

/**
 * One demuxer by the type that the first bytes of the file show. None of them opens another file: a playlist (HLS, DASH, concat) is never read as one,
 * whatever the file pretends to be.
 */
const demuxers: readonly (readonly [RegExp, string])[] = [
  [/^(?:video\/(?:mp4|x-m4v|quicktime|3gpp2?)|audio\/(?:mp4|x-m4a))$/, 'mov'],
  [/^(?:video|audio)\/(?:webm|(?:x-)?matroska)$/, 'matroska'],
  [/^(?:video|audio)\/ogg/, 'ogg'],
  [/^video\/vnd\.avi$/, 'avi'],
  [/^video\/(?:mpeg|MP[12][SP])$/, 'mpeg'],
  [/^video\/mp2t$/, 'mpegts'],
  [/^video\/x-flv$/, 'flv'],
  [/^(?:video|audio)\/x-ms-asf$/, 'asf'],
  [/^audio\/mpeg$/, 'mp3'],
  [/^audio\/(?:wav|flac|aac|aiff|amr)$/, ''],
];

/** The input of ffprobe and ffmpeg: a file of this disk alone, read by one demuxer, in one thread. */
export function inputOf({ path, mimeType }: { readonly path: string; readonly mimeType: string }): readonly string[] {
  const [, named] = demuxers.find(([types]) => types.test(mimeType)) ?? [];
  if (named === undefined) throw new Error(`no demuxer reads ${mimeType}`);
  const demuxer = named === '' ? mimeType.slice('audio/'.length) : named;
  // `mov` and `matroska` are the first of several names of a demuxer: the list takes any of them.
  return [
    '-protocol_whitelist',
    'file,pipe',
    '-format_whitelist',
    whitelisted[demuxer] ?? demuxer,
    '-f',
    demuxer,
    '-threads',
    '1',
    '-i',
    `file:${path}`,
  ];
}

const whitelisted: Readonly<Record<string, string>> = { mov: 'mov,mp4,m4a,3gp,3g2,mj2', matroska: 'matroska,webm' };

const asked = [
  'stream=codec_type,codec_name,width,height,sample_aspect_ratio,duration',
  'stream_disposition=attached_pic',
  'stream_tags=rotate',
  'stream_side_data=rotation',
  'format=duration',
].join(':');

export async function probed(ffprobe: string, file: { readonly path: string; readonly mimeType: string }): Promise<Probed> {
  const args = ['-v', 'error', '-show_entries', asked, '-of', 'json', ...inputOf(file)];
  const said = JSON.parse((await runTool(ffprobe, args, { mostBytes: 1_000_000 })).toString()) as {
    streams?: readonly ProbedStream[];
    format?: { duration?: string };
  };
  const streams = said.streams ?? [];
  // The cover of a record is a video of one picture.
  const shown = streams.find(({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1);
  return {
    duration: secondsIn(said.format?.duration) ?? secondsIn(shown?.duration),
    video: shown ? videoOf(shown) : null,
    hasSound: streams.some(({ codec_type }) => codec_type === 'audio'),
  };
}

function secondsIn(text: string | undefined): number | null {
  const seconds = Number(text);
  return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) / 1000 : null;
}

function videoOf(stream: ProbedStream): ProbedVideo | null {
  const { width = 0, height = 0, codec_name: codec = 'unknown' } = stream;
  if (width < 1 || height < 1) return null;
  const [across = 1, down = 1] = (stream.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  const shownWidth = across > 0 && down > 0 ? Math.max(1, Math.round((width * across) / down)) : width;
  return isTurned(stream) ? { width: height, height: shownWidth, codec } : { width: shownWidth, height, codec };
}

function isTurned({ tags, side_data_list: sideData = [] }: ProbedStream): boolean {
  const degrees = sideData.find(({ rotation }) => rotation !== undefined)?.rotation ?? Number(tags?.rotate ?? 0);
  return Math.abs(degrees) % 180 === 90;
}
