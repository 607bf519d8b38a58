/** The bytes of a request have another digest than it says. */
export class ChecksumMismatch extends Error {
  override readonly name = 'ChecksumMismatch';
}
