import { jest } from '@jest/globals';
import { createLogger } from './winston-logger.ts';

/** Where the library writes lines meant for stderr. */
const stderr = (console as unknown as { _stderr: NodeJS.WritableStream })._stderr;
let written: string[] = [];

beforeEach(() => {
  written = [];
  jest.spyOn(stderr, 'write').mockImplementation((line: string | Uint8Array) => {
    written.push(line.toString());
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const lines = (): Record<string, unknown>[] => written.map((line) => JSON.parse(line) as Record<string, unknown>);

test('a line is JSON with its time, level and fields', () => {
  createLogger({ level: 'info', pretty: false }).info('ready', { event: 'app.ready', port: 3000 });
  expect(lines()).toEqual([
    { level: 'info', message: 'ready', event: 'app.ready', port: 3000, timestamp: expect.stringMatching(/^\d{4}-.*Z$/) },
  ]);
});

test('secrets are struck out of fields and of what a child repeats', () => {
  const logger = createLogger({ level: 'info', pretty: false }).child({ requestId: 'r', cookie: 'hunter1' });
  logger.warn('odd', { event: 'odd.fields', input: { newPassword: 'hunter2', list: [{ apiToken: 'hunter3' }] } });
  expect(lines()).toMatchObject([{ requestId: 'r', message: 'odd' }]);
  expect(written.join()).not.toContain('hunter');
});

test('what lies below the level is not written', () => {
  const logger = createLogger({ level: 'warn', pretty: false });
  for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level](level, { event: 'level.tried' });
  expect(lines().map(({ message }) => message)).toEqual(['warn', 'error']);
});

test('a person at a terminal reads one short line', () => {
  createLogger({ level: 'info', pretty: true }).info('ready', { event: 'app.ready', port: 3000 });
  expect(written.join()).toMatch(/^\d\d:\d\d:\d\d\.\d{3} .*info.* ready \{"port":3000\}\n$/);
});

test('a field of any kind breaks no line', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  createLogger({ level: 'info', pretty: false }).info('odd', {
    event: 'odd.fields',
    circle,
    big: 10n,
    level: 'loud',
    message: 'field',
    nothing: undefined,
  });
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toMatchObject({ level: 'info' });
});
