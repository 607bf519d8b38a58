import type { Input, Route } from '../contracts/define.ts';
import type { Context } from './context.ts';
import { AppError } from './errors.ts';
import { parsedInput } from './bus/validation.ts';

/** What a route is asked: its input, and the request with its headers and the bytes of its body. */
export interface RouteCall<I = unknown> {
  readonly input: I;
  /** A standard request. Its signal aborts when the client is gone; it carries no token, no cookie and no header of a proxy. */
  readonly request: Request;
}

export interface RouteImplementation {
  readonly route: Route;
  readonly handle: (call: RouteCall, context: Context) => Promise<Response> | Response;
}

/** Binds a handler, which takes the parts of its module first, to its declaration: a line of the module's `handlers.ts`. */
export const answers =
  <P, R extends Route>(route: R, handle: (parts: P, call: RouteCall<Input<R>>, context: Context) => Promise<Response> | Response) =>
  (parts: P): RouteImplementation => ({ route, handle: (call, context) => handle(parts, call as RouteCall<Input<R>>, context) });

/** Whoever can have a route answered: the module in this process, or another process that runs it. */
export interface RouteCaller {
  /** The input is checked against the declaration. Throws `AppError`; whatever else it throws is a bug. */
  call(route: Route, call: RouteCall, context: Context): Promise<Response>;
}

/** The routes of the modules of this process. */
export class LocalRoutes implements RouteCaller {
  readonly #byName = new Map<string, RouteImplementation>();

  serve(implementation: RouteImplementation): void {
    const { name } = implementation.route;
    if (this.#byName.has(name)) throw new Error(`${name} has two handlers`);
    this.#byName.set(name, implementation);
  }

  serves({ name }: Route): boolean {
    return this.#byName.has(name);
  }

  named(name: string): Route | null {
    return this.#byName.get(name)?.route ?? null;
  }

  get size(): number {
    return this.#byName.size;
  }

  async call(route: Route, { input, request }: RouteCall, context: Context): Promise<Response> {
    const implementation = this.#byName.get(route.name);
    if (!implementation) throw new AppError('unavailable', { detail: 'The process that answers this is not running.', retryAfter: 1 });
    const response = await implementation.handle({ input: parsedInput(route, input), request }, context);
    if ((route.answer === 'redirect') !== isRedirect(response))
      throw new Error(`${route.name} answers ${route.answer}, and answered with status ${String(response.status)}`);
    return response;
  }
}

const isRedirect = ({ status, headers }: Response): boolean => status >= 300 && status < 400 && status !== 304 && headers.has('location');

interface BodyOptions {
  /** More bytes than this fail the stream with `payload_too_large`. */
  readonly limit: number;
  /** Called for each part that arrives. */
  readonly arrived?: () => void;
  /** Called when the reader wants no more. */
  readonly cancelled?: () => void;
}

/**
 * The bytes of a message as a standard stream. One part is read when it is asked for, so that a slow reader slows its sender down. Ending
 * early leaves the rest unread and does not end the connection, on which the answer still goes.
 */
export function bodyStream(source: AsyncIterable<Uint8Array>, { limit, arrived, cancelled }: BodyOptions): ReadableStream<Uint8Array> {
  const parts = source[Symbol.asyncIterator]();
  let size = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        const next = await parts.next();
        if (next.done === true) {
          stream.close();
          return;
        }
        const { value } = next;
        arrived?.();
        size += value.byteLength;
        if (size > limit) throw new AppError('payload_too_large', { detail: `The body may have ${String(limit)} bytes.` });
        stream.enqueue(value);
      },
      cancel() {
        cancelled?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The parts of a body, one when it is asked for; ending early cancels it. */
export const partsOf = (body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> => body as unknown as AsyncIterable<Uint8Array>;

/** Settles as `work` does, or rejects with the reason of the signal once that is aborted. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, aborted]).finally(() => {
    signal.removeEventListener('abort', stop);
  });
}
