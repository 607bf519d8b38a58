import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import busboy from 'busboy';
import type { Route } from '../../../contracts/define.ts';
import { AppError, isAppError } from '../../../kernel/errors.ts';
import type { UploadForms, UploadPart } from '../ports.ts';

const limits = { files: 1, fields: 10, fieldSize: 1_024, fieldNameSize: 100, parts: 12 };

const filePart = 'file';

/** Each may be left out. */
type FormFields = NonNullable<Route['formFields']>;

/** Reads forms part by part as they come; nothing is held whole. */
export class BusboyForms implements UploadForms {
  readonly #fields: FormFields;

  /** `fields`: what a form may hold besides its file. */
  constructor(fields: FormFields) {
    this.#fields = fields;
  }

  async read<T>(request: Request, use: (part: UploadPart) => Promise<T>): Promise<T> {
    const form = formOf(request);
    const source = request.body ? Readable.fromWeb(request.body as NodeStream<Uint8Array>) : Readable.from([]);
    const file = firstFile(form);
    form.on('field', (name, value) => {
      const fault = this.#faultOf(name, value);
      if (fault !== null) form.destroy(refusal(name, fault));
    });
    const end = pipeline(source, form);
    try {
      const found = await Promise.race([file, end.then(() => null)]);
      if (!found) throw refusal(filePart, 'must be a part of the form');
      return await use({ ...found, bytes: upTo(end, found.bytes) });
    } catch (error) {
      throw faultOf(error, request);
    } finally {
      source.destroy();
      form.destroy();
      // It ends by these at the latest; what it says is said above.
      await end.catch(() => undefined);
    }
  }

  #faultOf(name: string, value: string): string | null {
    if (!Object.hasOwn(this.#fields.shape, name)) return name === filePart ? 'must hold a file' : 'is not known here';
    const read = this.#fields.safeParse({ [name]: value });
    return read.success ? null : (read.error.issues[0]?.message ?? 'is not valid');
  }
}

function formOf(request: Request): busboy.Busboy {
  try {
    return busboy({ headers: { 'content-type': request.headers.get('content-type') ?? '' }, defParamCharset: 'utf8', limits });
  } catch (error) {
    throw new AppError('validation_failed', { detail: 'The body must be a form of several parts with a boundary.', cause: error });
  }
}

const firstFile = (form: busboy.Busboy): Promise<UploadPart> =>
  new Promise((resolve) => {
    form.on('file', (field, stream, { filename, mimeType }) => {
      // Node types the name as given; a part may lack it.
      if (field === filePart) resolve({ name: (filename as string | undefined) ?? '', declaredType: mimeType, bytes: stream });
      else stream.resume();
    });
  });

/** The bytes of a part, which are all there only when the form has ended well. */
async function* upTo(end: Promise<void>, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* bytes;
  await end;
}

/** What the client or the body's limit says stays; what the form lacks is the client's fault. */
function faultOf(error: unknown, { signal }: Request): unknown {
  if (isAppError(error)) return error;
  if (signal.aborted) return signal.reason;
  const isForm = error instanceof Error && /form|part|multipart|boundary|premature close|unexpected end/i.test(error.message);
  return isForm ? new AppError('validation_failed', { detail: 'The form is not whole.', cause: error }) : error;
}

const refusal = (path: string, message: string): AppError =>
  new AppError('validation_failed', { detail: `${path}: ${message}`, errors: [{ path, message }] });
