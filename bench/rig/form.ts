const boundary = 'confab-bench-boundary';
const part = `Content-Disposition: form-data; name="file"; filename="bench.bin"\r\nContent-Type: application/octet-stream`;

/** What stands before and behind the bytes of a file that is sent as a form, and the type of such a body. */
export const fileForm = {
  head: Buffer.from(`--${boundary}\r\n${part}\r\n\r\n`),
  tail: Buffer.from(`\r\n--${boundary}--\r\n`),
  type: `multipart/form-data; boundary=${boundary}`,
} as const;
