/** A profile of each codec that is met often, as browsers are asked about it (RFC 6381). */
const asked: Readonly<Record<string, string>> = {
  h264: 'video/mp4; codecs="avc1.42E01E"',
  hevc: 'video/mp4; codecs="hvc1.1.6.L93.B0"',
  av1: 'video/mp4; codecs="av01.0.05M.08"',
  vp8: 'video/webm; codecs="vp8"',
  vp9: 'video/webm; codecs="vp09.00.10.08"',
};
/** No browser has decoders of these. */
const never = new Set([
  'mpeg1video',
  'mpeg2video',
  'mpeg4',
  'msmpeg4v3',
  'wmv2',
  'wmv3',
  'vc1',
  'prores',
  'dnxhd',
  'flv1',
  'h263',
  'theora',
  'dvvideo',
]);

/** Whether the browser says that it cannot play such a video. One that nobody knows is tried. */
export function isUnplayable(codec: string | undefined, canPlayType: (type: string) => string): boolean {
  if (codec === undefined) return false;
  const type = asked[codec];
  return type === undefined ? never.has(codec) : canPlayType(type) === '';
}
