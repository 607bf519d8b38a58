import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import type { Endpoint, HttpBinding, Operation, Route } from '../../contracts/define.ts';
import { type ErrorCode, errorStatus, Problem } from '../../contracts/errors.ts';
import { events, frames, operations, routes } from '../../contracts/registry.ts';
import { areaOf } from '../../kernel/bus/bus.ts';

/** OpenAPI 3.1 of the HTTP transport, made from the schemas that check the traffic. */
export function openApi(
  { version, publicUrl }: { version: string; publicUrl: string },
  endpoints: readonly Endpoint[] = [...operations, ...routes],
): object {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Confab',
      version,
      description: 'A self-hosted team messenger.',
      license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
    },
    servers: [{ url: publicUrl }],
    paths: paths(endpoints),
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  });
}

function paths(endpoints: readonly Endpoint[]): ZodOpenApiPathsObject {
  const all: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const endpoint of endpoints) {
    if (!endpoint.http) continue;
    const path = (endpoint.http.root ? '' : '/api/v1') + endpoint.http.path.replace(/:(\w+)/g, '{$1}');
    (all[path] ??= {})[endpoint.http.method.toLowerCase()] =
      endpoint.kind === 'route' ? describedRoute(endpoint) : described(endpoint, endpoint.http);
  }
  return all;
}

function described(operation: Operation, binding: HttpBinding): ZodOpenApiOperationObject {
  const { path, rest, body } = fieldsOf(operation, binding);
  const isQuery = binding.method === 'GET' || binding.method === 'DELETE';
  return {
    ...named(operation),
    requestParams: { path, ...(isQuery ? { query: rest } : {}) },
    ...(isQuery ? {} : { requestBody: { required: !body.safeParse({}).success, content: { 'application/json': { schema: body } } } }),
    responses: { ...success(operation, binding), ...problemsOf(operation, { hasBody: !isQuery }) },
  };
}

function describedRoute(route: Route): ZodOpenApiOperationObject {
  const { path, rest } = fieldsOf(route, route.http);
  const inBody = route.body === 'json' || route.body === 'form';
  return {
    ...named(route),
    requestParams: { path, ...(inBody ? {} : { query: rest }), ...headersOf(route) },
    ...bodyOf(route, rest),
    responses: { ...successOf(route), ...problemsOf(route, { hasBody: route.body !== 'none' }) },
  };
}

function headersOf({ requestHeaders }: Route): { header?: z.ZodObject } {
  if (!requestHeaders) return {};
  return {
    header: z.object(
      Object.fromEntries(Object.entries(requestHeaders).map(([name, description]) => [name, z.string().optional().meta({ description })])),
    ),
  };
}

const bytes = { type: 'string', format: 'binary' } as const;

function bodyOf(
  { body, fileParts = [], formFields, bodyTypes = ['*/*'] }: Route,
  fields: z.ZodType,
): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (body === 'none') return {};
  const required = true;
  if (body === 'json') return { requestBody: { required, content: { 'application/json': { schema: fields } } } };
  if (body === 'form') return { requestBody: { required, content: { 'application/x-www-form-urlencoded': { schema: fields } } } };
  if (body === 'multipart') {
    const files = Object.fromEntries(fileParts.map((name) => [name, z.string().meta({ format: 'binary' })]));
    const schema = fileParts.length > 0 ? z.strictObject({ ...files, ...formFields?.shape }) : z.looseObject({});
    return { requestBody: { required, content: { 'multipart/form-data': { schema } } } };
  }
  return { requestBody: { required, content: Object.fromEntries(bodyTypes.map((type) => [type, { schema: bytes }])) } };
}

function successOf({ summary, answer, answerType, status, output = z.unknown(), otherStatuses = {} }: Route): ZodOpenApiResponsesObject {
  const others = Object.fromEntries(Object.entries(otherStatuses).map(([code, description]) => [code, { description }]));
  if (status === 204) return { ...others, 204: { description: 'Done' } };
  const code = String(status ?? (answer === 'redirect' ? 303 : 200));
  const success =
    answer === 'redirect'
      ? { description: summary, headers: { Location: { schema: { type: 'string' } as const } } }
      : { description: summary, content: { [answerType]: { schema: answer === 'json' ? output : bytes } } };
  return { ...others, [code as '200']: success };
}

function named({ name, summary, access }: Endpoint): Pick<ZodOpenApiOperationObject, 'operationId' | 'summary' | 'tags' | 'security'> {
  return { operationId: name, summary, tags: [areaOf(name)], ...(access === 'public' ? {} : { security: [{ bearer: [] }] }) };
}

/**
 * The fields of the input that stand in the path, and the others, with what the input says of them together (`anyOf` of its `meta`). One of several
 * shapes is the body as a whole.
 */
function fieldsOf({ input }: Endpoint, { path }: { readonly path: string }) {
  const inPath = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  const fields = 'shape' in input ? (input.shape as Record<string, z.ZodType>) : {};
  const pick = (keep: (key: string) => boolean) => z.strictObject(Object.fromEntries(Object.entries(fields).filter(([key]) => keep(key))));
  const { anyOf } = input.meta() ?? {};
  const others = pick((key) => !inPath.includes(key));
  const rest = anyOf === undefined ? others : others.meta({ anyOf });
  return { path: pick((key) => inPath.includes(key)), rest, body: 'shape' in input ? rest : input };
}

function success({ summary, output }: Operation, { status = 200 }: HttpBinding): ZodOpenApiResponsesObject {
  const answer = status === 204 ? { description: 'Done' } : { description: summary, content: { 'application/json': { schema: output } } };
  return { [String(status) as '200']: answer };
}

/** Codes that any operation may answer, whatever it does. */
const always: readonly ErrorCode[] = ['validation_failed', 'rate_limited', 'internal', 'unavailable', 'deadline_exceeded'];
const ofSignedIn: readonly ErrorCode[] = ['unauthenticated', 'forbidden', 'not_found', 'conflict'];
const ofBodies: readonly ErrorCode[] = ['payload_too_large', 'unsupported_media_type'];

/** Every refusal by its status, with the codes it comes with. */
function problemsOf({ access, errors }: Endpoint, { hasBody }: { hasBody: boolean }): ZodOpenApiResponsesObject {
  const codes = new Set<ErrorCode>([...always, ...(access === 'public' ? [] : ofSignedIn), ...(hasBody ? ofBodies : []), ...errors]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(errorStatus[code], [...(byStatus.get(errorStatus[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      String(status),
      { description: named.join(', '), content: { 'application/problem+json': { schema: Problem } } },
    ]),
  );
}

/** AsyncAPI 3.0 of the socket binding. */
export function asyncApi({ version, publicUrl }: { version: string; publicUrl: string }): object {
  const commands = [
    ...operations.flatMap(({ name, summary, input, output, socket }) =>
      socket ? [{ name, summary, command: socket.command, input, ack: socket.ack ?? output }] : [],
    ),
    ...frames.flatMap((frame) =>
      frame.direction === 'command'
        ? [{ name: frame.name, summary: frame.summary, command: frame.name, input: frame.payload, ack: frame.ack }]
        : [],
    ),
  ];
  const received = commands.map(({ command, summary, input }) => [command, message(summary, z.tuple([input]))] as const);
  const replies = commands.map(({ command, ack }) => [`${command}.ack`, message('Ack', ackOf(ack))] as const);
  const sent = [
    ...events.flatMap((event) =>
      event.clients.map((client) => [client.name, message(event.summary, client.schema ?? event.payload)] as const),
    ),
    ...frames.flatMap((frame) => (frame.direction === 'sent' ? [[frame.name, message(frame.summary, frame.payload)] as const] : [])),
  ];
  const ref = (name: string) => ({ $ref: `#/channels/socket/messages/${pointer(name)}` });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Confab sockets',
      version,
      description: 'Socket.IO 4, path /socket.io, namespace /; the handshake carries `auth: { token }`.',
    },
    servers: { main: { host: new URL(publicUrl).host, protocol: publicUrl.startsWith('https') ? 'wss' : 'ws', pathname: '/socket.io' } },
    channels: { socket: { address: '/', messages: Object.fromEntries([...received, ...replies, ...sent]) as Record<string, object> } },
    operations: Object.fromEntries([
      ...commands.map(({ name, summary, command }) => [
        name,
        {
          action: 'receive',
          channel: { $ref: '#/channels/socket' },
          summary,
          messages: [ref(command)],
          reply: { messages: [ref(`${command}.ack`)] },
        },
      ]),
      ...[...new Set(sent.map(([name]) => name))].map((name) => [
        `send.${name}`,
        { action: 'send', channel: { $ref: '#/channels/socket' }, messages: [ref(name)] },
      ]),
    ]) as Record<string, object>,
  };
}

const ackOf = (data: z.ZodType): z.ZodType =>
  z.union([z.object({ ok: z.literal(true), data }), z.object({ ok: z.literal(false), error: Problem })]);

/** Schemas stand inline, so that no reference of one leads out of its own document. */
const message = (summary: string, schema: z.ZodType) => ({ summary, payload: inline(schema) });

function inline(schema: z.ZodType): object {
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Record<string, unknown>;
  const definitions = (made['$defs'] ?? {}) as Record<string, unknown>;
  const resolve = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(resolve);
    if (typeof node !== 'object' || node === null) return node;
    const target = (node as { $ref?: unknown }).$ref;
    if (typeof target === 'string') return resolve(definitions[target.replace('#/$defs/', '')] ?? {});
    return Object.fromEntries(
      Object.entries(node)
        .filter(([key]) => key !== '$defs' && key !== '$schema' && key !== '$id' && key !== 'id')
        .map(([key, value]) => [key, key === 'properties' ? resolveEach(value, resolve) : resolve(value)]),
    );
  };
  return resolve(made) as object;
}

const resolveEach = (properties: unknown, resolve: (node: unknown) => unknown): unknown =>
  Object.fromEntries(Object.entries(properties as object).map(([key, value]) => [key, resolve(value)]));

const pointer = (name: string): string => name.replace(/~/g, '~0').replace(/\//g, '~1');
