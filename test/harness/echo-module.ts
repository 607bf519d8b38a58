import { z } from 'zod';
import { route } from '../../src/contracts/define.ts';
import { definitions } from '../../src/host/modules.ts';
import type { ModuleDefinition } from '../../src/kernel/module.ts';
import { answers } from '../../src/kernel/routes.ts';

const common = { access: 'user', input: z.object({ note: z.string().max(100).optional() }) } as const;

/** The largest body that the echo takes, bytes. */
export const echoBytes = 2 ** 30;

const echo = route({
  ...common,
  name: 'presence.echo',
  summary: 'Answers with the bytes that it gets',
  http: { method: 'POST', path: '/echo' },
  body: 'stream',
  bodyBytes: echoBytes,
  answer: 'stream',
});
const echoForm = route({
  ...common,
  name: 'presence.echoForm',
  summary: 'Answers with the fields that it gets',
  http: { method: 'POST', path: '/echo/form' },
  body: 'form',
  answer: 'json',
});
const echoAway = route({
  ...common,
  name: 'presence.echoAway',
  summary: 'Leads elsewhere',
  http: { method: 'GET', path: '/echo/away' },
  answer: 'redirect',
});

/** What the echo of this process has seen. */
export interface EchoWatch {
  /** When each request began, and when its client was gone, by `performance.now()`. */
  readonly calls: { at: number; goneAt?: number; userId: string | undefined }[];
}

const handlers = [
  answers(echo, ({ calls }: EchoWatch, { request }, { actor }) => {
    const call: EchoWatch['calls'][number] = { at: performance.now(), userId: actor?.userId };
    calls.push(call);
    request.signal.addEventListener('abort', () => (call.goneAt = performance.now()));
    return new Response(request.body, { headers: { 'Content-Type': 'application/octet-stream' } });
  }),
  answers(echoForm, (_watch: EchoWatch, { input }, { actor }) => Response.json({ ...input, userId: actor?.userId })),
  answers(
    echoAway,
    (_watch: EchoWatch, { input: { note = 'here' } }) => new Response(null, { status: 303, headers: { Location: `/${note}` } }),
  ),
];

/** The modules of the app, of which presence answers a few routes more. */
export function modulesWithEcho(watch: EchoWatch = { calls: [] }): readonly ModuleDefinition[] {
  return definitions.map((definition) =>
    definition.name === 'presence'
      ? {
          ...definition,
          routes: [echo, echoForm, echoAway],
          create: async (kernel, config) => ({
            ...(await definition.create(kernel, config)),
            routes: handlers.map((handler) => handler(watch)),
          }),
        }
      : definition,
  );
}
