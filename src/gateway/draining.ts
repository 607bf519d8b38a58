/** The parts of a TCP socket that show what the other side has taken. */
export interface Draining {
  /** Bytes that were written and not yet taken by the kernel. */
  readonly writableLength: number;
  /** Bytes that were written so far, waiting ones among them. */
  readonly bytesWritten: number;
  /** Node's handle; `writeQueueSize` counts what the kernel has not taken of the chunk under way, which `writableLength` counts whole. */
  readonly _handle?: { readonly writeQueueSize?: number } | null;
}

/** A number that changes whenever the kernel has taken something of what waits, and at no other time. Node's own socket timeouts look at the same figures. */
export const drainedMark = ({ bytesWritten, writableLength, _handle }: Draining): number =>
  bytesWritten - writableLength - (_handle?.writeQueueSize ?? 0);
