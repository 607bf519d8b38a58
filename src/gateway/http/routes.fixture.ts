import { z } from 'zod';
import { route } from '../../contracts/define.ts';

/** Routes of each kind of body and answer. */

const input = z.object({ folder: z.string().max(10), count: z.number().int().optional(), note: z.string().optional() });
const common = { summary: 'For a test', access: 'user', input } as const;
export const echo = route({
  ...common,
  name: 'test.echo',
  http: { method: 'POST', path: '/echo/:folder' },
  body: 'stream',
  bodyBytes: 100_000,
  answer: 'stream',
});
export const picture = route({
  ...common,
  name: 'test.picture',
  http: { method: 'PUT', path: '/pictures/:folder' },
  body: 'raw',
  bodyBytes: 1_000,
  bodyTypes: ['image/*'],
  answer: 'json',
});
export const form = route({
  ...common,
  name: 'test.form',
  access: 'public',
  http: { method: 'POST', path: '/forms/:folder' },
  body: 'form',
  answer: 'html',
});
export const json = route({ ...common, name: 'test.json', http: { method: 'POST', path: '/json/:folder' }, body: 'json', answer: 'text' });
export const parts = route({
  ...common,
  name: 'test.parts',
  http: { method: 'POST', path: '/parts/:folder' },
  body: 'multipart',
  answer: 'json',
});
export const leave = route({
  ...common,
  name: 'test.leave',
  access: 'public',
  http: { method: 'GET', path: '/leave/:folder' },
  answer: 'redirect',
});
export const wipe = route({
  ...common,
  name: 'test.wipe',
  access: 'admin',
  http: { method: 'DELETE', path: '/wipe/:folder' },
  answer: 'text',
});
export const hang = route({
  ...common,
  name: 'test.hang',
  http: { method: 'POST', path: '/hang/:folder' },
  body: 'stream',
  answer: 'text',
  deadlineMs: 200,
});

export const slow = route({
  ...common,
  name: 'test.slow',
  http: { method: 'POST', path: '/slow/:folder' },
  body: 'stream',
  answer: 'stream',
  deadlineMs: 200,
});
