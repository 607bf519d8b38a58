/** `MediaError.MEDIA_ERR_DECODE`: the bytes came, and are none that this browser can play. */
const undecodable = 3;

/** Whether a player that failed gets another link: once for each place that it came to. */
export const isWorthRenewing = (
  fault: number | undefined,
  { seconds, renewedAt }: { readonly seconds: number; readonly renewedAt: number | null },
): boolean => fault !== undecodable && seconds !== renewedAt;
