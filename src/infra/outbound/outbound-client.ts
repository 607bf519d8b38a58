import { lookup as systemLookup, Resolver } from 'node:dns/promises';
import { Agent as HttpAgent, type IncomingHttpHeaders, type IncomingMessage, request as requestHttp, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { errorText } from '../../kernel/errors.ts';
import { addressReach } from '../../kernel/address-reach.ts';

export interface OutboundRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The beginning of the body, at most 4 KB. */
  readonly text: string;
}

/** `refused`: the address may not be asked. `unreachable`: nobody answered there, or broke off. `timeout`: no answer in time. */
export class OutboundFault extends Error {
  readonly kind: 'refused' | 'unreachable' | 'timeout';

  constructor(kind: OutboundFault['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

export interface OutboundOptions {
  /**
   * Private addresses and plain HTTP are asked too: where every address comes from the operator, or they said so. Never set by what a request
   * brings. Links, groups and metadata services of clouds stay refused.
   */
  readonly allowPrivate?: boolean;
  /** Addresses of a name; by default what DNS answers, with /etc/hosts where private addresses are allowed. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** Until the connection stands, ms. */
  readonly connectMs?: number;
  /** Until the answer is there, waiting for a connection included, ms. */
  readonly answerMs?: number;
}

const mostOfAnswer = 4096;
/** Connections to one origin; further requests wait for one. */
const mostPerOrigin = 16;
/** An unused connection is closed after this time: origins are named by clients, and come in any number. */
const idleMs = 15_000;

/**
 * The one way to addresses that others name: HTTPS alone, no redirects, and addresses of the internet alone, looked at when a connection is made, so
 * that a name cannot change its mind. Reads little of an answer, and waits for nobody longer than it says.
 */
export class OutboundClient {
  readonly #options: OutboundOptions;
  readonly #agents = { 'https:': new HttpsAgent(agentOptions), 'http:': new HttpAgent(agentOptions) };
  readonly #lookup: LookupFunction;

  constructor(options: OutboundOptions = {}) {
    this.#options = options;
    const resolve = options.resolve ?? (options.allowPrivate === true ? fromSystem : fromDns);
    this.#lookup = (hostname, { family = 0 }, done) => {
      resolve(hostname).then(
        (addresses) => {
          const taken = addresses.filter((address) => this.#mayAsk(address) && (family === 0 || isIP(address) === family));
          if (taken.length === 0) done(this.#refusal(hostname, addresses), []);
          else
            done(
              null,
              taken.map((address) => ({ address, family: isIP(address) })),
            );
        },
        (error: unknown) => {
          done(error as Error, []);
        },
      );
    };
  }

  /** Throws `OutboundFault`. Any status is an answer. */
  async send({ url, method, headers, body }: OutboundRequest): Promise<OutboundAnswer> {
    const target = this.#checked(url);
    const { answerMs = 9000, connectMs = 4000 } = this.#options;
    const deadline = AbortSignal.timeout(answerMs);
    const length = body === undefined ? {} : { 'Content-Length': String(body.byteLength) };
    const options: RequestOptions = {
      method,
      headers: { 'User-Agent': 'Confab', ...headers, ...length },
      agent: this.#agents[target.protocol as 'https:'],
      lookup: this.#lookup,
      signal: deadline,
    };
    try {
      return await answered(target, options, { body, connectMs });
    } catch (error) {
      throw faultOf(error, { host: target.host, timedOut: deadline.aborted, answerMs });
    }
  }

  /** Closes the connections. Requests under way fail. */
  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  #checked(url: string): URL {
    if (!URL.canParse(url)) throw new OutboundFault('refused', 'the address cannot be read');
    const target = new URL(url);
    if (target.protocol !== 'https:' && !(target.protocol === 'http:' && this.#options.allowPrivate === true))
      throw new OutboundFault('refused', `${target.protocol}// is not asked, https:// is`);
    if (target.username !== '' || target.password !== '') throw new OutboundFault('refused', 'the address holds a user name or a password');
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) > 0 && !this.#mayAsk(literal)) throw this.#refusal(target.hostname, [literal]);
    return target;
  }

  #mayAsk(address: string): boolean {
    const reach = addressReach(address);
    return reach === 'internet' || (reach === 'private' && this.#options.allowPrivate === true);
  }

  #refusal(hostname: string, addresses: readonly string[]): OutboundFault {
    const leadsTo = addresses.length === 0 ? 'has no address' : 'leads to no address of the internet';
    return addresses.length === 0
      ? new OutboundFault('unreachable', `${hostname} ${leadsTo}`)
      : new OutboundFault('refused', `${hostname} ${leadsTo}`);
  }
}

const agentOptions = { keepAlive: true, maxSockets: mostPerOrigin, maxFreeSockets: 4, timeout: idleMs } as const;

/** Not `lookup`: each of its calls holds one of the four threads that also read files, as long as a name server likes. */
async function fromDns(hostname: string): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: 1500, tries: 2 });
  const found = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const failed = found.find((one) => one.status === 'rejected');
  if (addresses.length === 0 && failed) throw failed.reason as Error;
  return addresses;
}

const fromSystem = async (hostname: string): Promise<readonly string[]> =>
  (await systemLookup(hostname, { all: true })).map(({ address }) => address);

interface Sending {
  readonly body: Uint8Array | undefined;
  readonly connectMs: number;
}

function answered(target: URL, options: RequestOptions, { body, connectMs }: Sending): Promise<OutboundAnswer> {
  return new Promise((resolve, reject) => {
    const request = (target.protocol === 'https:' ? requestHttps : requestHttp)(target, options);
    request.on('socket', (socket) => {
      if (!socket.connecting) return;
      const ready = target.protocol === 'https:' ? 'secureConnect' : 'connect';
      const timer = setTimeout(() => {
        request.destroy(new OutboundFault('timeout', `${target.host} lets nobody connect within ${String(connectMs / 1000)} s`));
      }, connectMs);
      socket.once(ready, () => {
        clearTimeout(timer);
      });
      socket.once('close', () => {
        clearTimeout(timer);
      });
    });
    request.on('error', reject);
    request.on('response', (response) => {
      beginningOf(response).then(
        (text) => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        },
        (error: unknown) => {
          reject(error as Error);
        },
      );
    });
    request.end(body);
  });
}

/** More than the beginning is not read: the connection ends with it. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.byteLength;
    if (size >= mostOfAnswer) break;
  }
  return Buffer.concat(parts).subarray(0, mostOfAnswer).toString('utf8');
}

interface Asked {
  readonly host: string;
  readonly timedOut: boolean;
  readonly answerMs: number;
}

function faultOf(error: unknown, { host, timedOut, answerMs }: Asked): OutboundFault {
  if (error instanceof OutboundFault) return error;
  if (timedOut) return new OutboundFault('timeout', `${host} did not answer within ${String(answerMs / 1000)} s`, error);
  const code = (error as NodeJS.ErrnoException).code;
  return new OutboundFault('unreachable', `${host} cannot be reached: ${code ?? errorText(error)}`, error);
}
