import { z } from 'zod';
import { type Route, route } from '../../contracts/define.ts';
import { events, frames, operations, routes } from '../../contracts/registry.ts';
import { asyncApi, openApi } from './documents.ts';

const about = { version: '1.2.3', publicUrl: 'https://chat.example.org' };
type Json = { readonly [key: string]: Json } & readonly Json[] & string;
const plain = (document: object): Json => JSON.parse(JSON.stringify(document)) as Json;

const rest = plain(openApi(about));
const sockets = plain(asyncApi(about));

/** Every `$ref` of a document with what it points at. */
function references(document: Json): [string, unknown][] {
  const found: [string, unknown][] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string') found.push([value, target(document, value)]);
      else walk(value);
    }
  };
  walk(document);
  return found;
}

const target = (document: Json, ref: string): unknown =>
  ref
    .replace('#/', '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((node, part) => node?.[part], document);

const described = Object.entries(rest['paths'] ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation: operation as unknown as Json })),
);

const upload = route({
  name: 'chat.putThing',
  summary: 'Keep a thing',
  access: 'user',
  input: z.object({ thingId: z.string(), note: z.string().optional() }),
  http: { method: 'PUT', path: '/things/:thingId' },
  body: 'stream',
  bodyTypes: ['image/*'],
  answer: 'json',
});

test('an operation that takes one of several shapes has them as its body, which it needs', () => {
  const { operation } = described.find(({ path, method }) => path === '/api/v1/notifications/subscriptions' && method === 'post')!;
  expect(operation['requestBody']).toMatchObject({
    required: true,
    content: {
      'application/json': { schema: { oneOf: [{ required: ['kind', 'endpoint', 'keys'] }, { required: ['kind', 'token', 'platform'] }] } },
    },
  });
});

describe('a route in OpenAPI', () => {
  const shown = (more: Partial<Route>) =>
    plain(openApi(about, [{ ...upload, ...more } as Route]))['paths']!['/api/v1/things/{thingId}']!['put']!;

  test('has its fields in path and query, and bytes of its types as its body', () => {
    expect(shown({})).toMatchObject({
      operationId: 'chat.putThing',
      tags: ['chat'],
      security: [{ bearer: [] }],
      parameters: [
        { in: 'path', name: 'thingId', required: true },
        { in: 'query', name: 'note' },
      ],
      requestBody: { content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } },
      responses: { 200: { content: { 'application/json': {} } }, 413: {}, 415: {}, 401: {} },
    });
  });

  test.each([
    [{ body: 'form' }, { requestBody: { content: { 'application/x-www-form-urlencoded': { schema: { properties: { note: {} } } } } } }],
    [{ body: 'json' }, { requestBody: { content: { 'application/json': { schema: { properties: { note: {} } } } } } }],
    [
      { body: 'multipart', fileParts: ['file'] },
      {
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: { required: ['file'], properties: { file: { format: 'binary' } }, additionalProperties: false },
            },
          },
        },
      },
    ],
    [
      { answer: 'json', status: 201, output: z.strictObject({ id: z.string() }), otherStatuses: { 206: 'A part' } },
      { responses: { 201: { content: { 'application/json': { schema: { required: ['id'] } } } }, 206: { description: 'A part' } } },
    ],
    [{ answer: 'redirect' }, { responses: { 303: { headers: { Location: {} } } } }],
    [{ answer: 'html', answerType: 'text/html' }, { responses: { 200: { content: { 'text/html': {} } } } }],
  ] as const)('of %j', (more, expected) => {
    expect(shown(more)).toMatchObject(expected);
  });
});

describe('OpenAPI', () => {
  test('says which version of what it is', () => {
    expect(rest).toMatchObject({ openapi: '3.1.1', info: { title: 'Confab', version: '1.2.3' }, servers: [{ url: about.publicUrl }] });
  });

  test('has each operation with an HTTP transport and each route at its address, once', () => {
    const bindings = [...operations, ...routes].flatMap(({ name, http }) =>
      http ? [`${http.method} ${http.root ? '' : '/api/v1'}${http.path.replace(/:(\w+)/g, '{$1}')} ${name}`] : [],
    );
    const found = described.map(({ path, method, operation }) => `${method.toUpperCase()} ${path} ${String(operation['operationId'])}`);
    expect(found.toSorted()).toEqual(bindings.toSorted());
    expect(new Set(found).size).toBe(found.length);
  });

  test('points at nothing that is not there', () => {
    expect(references(rest).length).toBeGreaterThan(10);
    expect(references(rest).filter(([, at]) => at === undefined)).toEqual([]);
  });

  test('declares every parameter of a path as required, and every answer with a word', () => {
    for (const { path, operation } of described) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const parameters = (operation['parameters'] ?? []) as unknown as { name: string; in: string; required?: boolean; schema: object }[];
      expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name, required }) => [name, required])).toEqual(
        inPath.map((name) => [name, true]),
      );
      for (const parameter of parameters) expect(parameter.schema).toBeDefined();
      const responses = operation['responses'] as unknown as Record<string, { description: string }>;
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^20[0-4]$/), '400', '429', '500', '503', '504']),
      );
      for (const response of Object.values(responses)) expect(response.description).not.toBe('');
    }
  });

  test('refuses in a body what the server refuses: unknown keys, and nothing where something is needed', () => {
    const bodies = described.flatMap(({ operation }) => {
      const body = operation['requestBody'];
      const content = body?.['content']?.['application/json'];
      return body && content
        ? [{ name: String(operation['operationId']), required: body['required'] as unknown, schema: content['schema'] }]
        : [];
    });
    expect(bodies.length).toBeGreaterThan(20);
    for (const { name, required, schema } of bodies) {
      const shapes = (schema?.['oneOf'] ?? [schema]) as unknown as readonly {
        additionalProperties?: unknown;
        required?: readonly string[];
      }[];
      for (const shape of shapes) expect([name, shape.additionalProperties]).toEqual([name, false]);
      expect([name, required]).toEqual([name, shapes.every((shape) => (shape.required ?? []).length > 0)]);
    }
  });

  test('says that a message has a text that can be seen, or files', () => {
    const send = described.find(({ operation }) => (operation['operationId'] as unknown) === 'chat.sendMessage')?.operation;
    expect(send?.['requestBody']).toMatchObject({
      content: {
        'application/json': {
          schema: {
            required: ['clientMessageId', 'text'],
            anyOf: [
              { properties: { text: { pattern: expect.any(String) } } },
              { required: ['attachmentIds'], properties: { attachmentIds: { minItems: 1 } } },
            ],
          },
        },
      },
    });
  });

  test('names the codes of an operation beside the status they come with', () => {
    const register = described.find(({ operation }) => String(operation['operationId']) === 'auth.register')?.operation;
    expect(register?.['responses']).toMatchObject({
      '403': { description: expect.stringContaining('registration_closed') },
      '409': { description: expect.stringContaining('username_taken') },
      '422': { description: 'weak_password' },
    });
  });

  test('says who must sign in', () => {
    for (const { operation } of described) {
      const isPublic = [...operations, ...routes].find(({ name }) => name === String(operation['operationId']))?.access === 'public';
      expect(operation['security']).toEqual(isPublic ? undefined : [{ bearer: [] }]);
    }
  });
});

describe('AsyncAPI', () => {
  const channel = sockets['channels']?.['socket'] as unknown as { messages: Record<string, { summary: string; payload: Json }> };

  test('says which version of what it is, and where', () => {
    expect(sockets).toMatchObject({
      asyncapi: '3.0.0',
      info: { version: '1.2.3' },
      servers: { main: { host: 'chat.example.org', protocol: 'wss' } },
    });
  });

  test('has every command with its ack, every event that a client may see, and the frames of the gateway itself', () => {
    const named = [
      ...operations.flatMap(({ socket }) => socket?.command ?? []),
      ...frames.flatMap(({ direction, name }) => (direction === 'command' ? name : [])),
    ];
    const commands = named.flatMap((name) => [name, `${name}.ack`]);
    const sent = [
      ...events.flatMap(({ clients }) => clients.map(({ name }) => name)),
      ...frames.flatMap(({ direction, name }) => (direction === 'sent' ? name : [])),
    ];
    expect(Object.keys(channel.messages)).toEqual(expect.arrayContaining([...commands, ...sent]));
    const receiving = Object.values(sockets['operations'] ?? {}).filter((operation) => String(operation['action']) === 'receive');
    expect(receiving).toHaveLength(commands.length / 2);
  });

  test('points at nothing that is not there', () => {
    expect(references(sockets).length).toBeGreaterThan(10);
    expect(references(sockets).filter(([, at]) => at === undefined)).toEqual([]);
  });

  test('describes a frame of several events as any of their shapes', () => {
    const shapes = new Map<string, z.ZodType[]>();
    for (const event of events)
      for (const { name, schema } of event.clients) shapes.set(name, [...(shapes.get(name) ?? []), schema ?? event.payload]);
    for (const [name, schemas] of shapes) {
      const documented = channel.messages[name]?.payload;
      const keys = (documented?.['anyOf'] ?? [documented]) as unknown as { properties: object }[];
      const expected = schemas.map((schema) =>
        Object.keys((schema as unknown as { shape: object }).shape)
          .toSorted()
          .join(),
      );
      expect(new Set(keys.map(({ properties }) => Object.keys(properties).toSorted().join()))).toEqual(new Set(expected));
    }
  });

  test('shows a command as the list that Socket.IO sends, with a payload of its own', () => {
    expect(channel.messages['message:send']?.payload).toMatchObject({
      type: 'array',
      prefixItems: [{ type: 'object', required: expect.arrayContaining(['conversationId']) }],
    });
  });
});
