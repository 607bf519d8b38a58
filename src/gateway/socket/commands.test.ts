import { setTyping } from '../../contracts/chat/typing.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { CallPipeline } from '../call-pipeline.ts';
import { budgets, bytesPerPoint, type Limits, memoryLimits } from '../limits.ts';
import { PipelineFixture } from '../call-pipeline.fixture.ts';
import { Commands } from './commands.ts';
import type { FanOut } from './fan-out.ts';
import type { SocketConnection } from './socket-connection.ts';

interface Ack {
  readonly ok: boolean;
  readonly data?: unknown;
  readonly error?: { readonly code: string; readonly requestId: string; readonly retryAfter?: number };
}

let fixture: PipelineFixture;
let commands: Commands;
let renewals: number;
let reads: number;
let spendings: number;
let page: () => string;

const audit = { begin: () => Promise.resolve(''), end: () => Promise.resolve(), list: () => Promise.resolve([]) };

beforeEach(() => {
  fixture = new PipelineFixture();
  [renewals, reads, spendings] = [0, 0, 0];
  page = () => '';
  const { bus } = fixture;
  bus.serve(implement(setTyping, () => ({})));
  const limits = counted(memoryLimits());
  const renew = { limit: 'credentials', perform: () => Promise.resolve(++renewals) } as const;
  const read = {
    limit: 'read',
    perform: () => {
      reads++;
      return Promise.resolve(page());
    },
  } as const;
  commands = new Commands({
    pipeline: new CallPipeline({ bus, limits, audit, logger: silentLogger }),
    watch: () => undefined,
    fanOut: {} as FanOut,
    serves: (operation) => operation === setTyping,
    own: { 'session:renew': renew, 'page:read': read },
  });
});

const counted = (limits: Limits): Limits => ({
  spend: (...call) => {
    spendings++;
    return limits.spend(...call);
  },
  spendUnknown: limits.spendUnknown.bind(limits),
  spendAddress: limits.spendAddress.bind(limits),
  spendLater: limits.spendLater.bind(limits),
});

const connection = (): SocketConnection =>
  ({ id: 's1', actor: fixture.signIn(), address: '192.0.2.1', device: '', inFlight: 0 }) as unknown as SocketConnection;
const ask = (from: SocketConnection, ...args: unknown[]): Promise<Ack> =>
  new Promise((resolve) => {
    commands.take(from, args, (ack) => {
      resolve(JSON.parse(ack) as Ack);
    });
  });

async function askTimes(times: number, from: SocketConnection, ...args: unknown[]): Promise<string[]> {
  const codes: string[] = [];
  for (let n = 0; n < times; n++) codes.push((await ask(from, ...args)).error?.code ?? 'ok');
  return codes;
}

test('renewing is charged as credentials are', async () => {
  const ana = connection();
  const codes = await askTimes(budgets.credentials.points + 5, ana, 'session:renew', { token: 'x' });
  expect(codes.slice(-5)).toEqual(Array(5).fill('rate_limited'));
  expect(renewals).toBe(budgets.credentials.points);
});

test.each<[string, unknown[]]>([
  ['that nobody knows', ['no:such', {}]],
  ['that another process serves', ['message:send', {}]],
  ['named like a prototype', ['__proto__', {}]],
  ['whose name is no text', [{ toString: 1 }, {}]],
  ['without a name', []],
])('a command %s is charged', async (_what, args) => {
  const codes = await askTimes(budgets.write.points + 1, connection(), ...args);
  expect(codes.slice(0, -1)).toEqual(Array(budgets.write.points).fill('not_found'));
  expect(codes.at(-1)).toBe('rate_limited');
});

test('a malformed payload is charged to the budget of its command', async () => {
  const codes = await askTimes(budgets.signal.points + 1, connection(), 'typing:set', { conversationId: 7 });
  expect([codes[0], codes.at(-1)]).toEqual(['validation_failed', 'rate_limited']);
});

test('a budget that is spent refuses by one text for a while, and asks nobody', async () => {
  const ana = connection();
  await askTimes(budgets.signal.points, ana, 'typing:set', {});
  const first = await ask(ana, 'typing:set', {});
  const asked = spendings;
  const others = [];
  for (let n = 0; n < 1_000; n++) others.push((await ask(ana, 'typing:set', {})).error?.requestId);
  expect(new Set(others)).toEqual(new Set([first.error?.requestId]));
  expect(spendings).toBe(asked);
  expect((await ask(ana, 'page:read', {})).ok).toBe(true);
});

test('what one socket was refused for does not refuse another person', async () => {
  await askTimes(budgets.signal.points + 1, connection(), 'typing:set', {});
  expect((await ask(connection(), 'typing:set', {})).error?.code).toBe('validation_failed');
});

test('a long answer costs points of the read budget by its size', async () => {
  page = () => 'x'.repeat(20 * bytesPerPoint);
  const ana = connection();
  const codes = await askTimes(budgets.read.points, ana, 'page:read', {});
  expect(codes.filter((code) => code === 'ok').length).toBe(Math.ceil(budgets.read.points / 21));
  expect(reads).toBe(Math.ceil(budgets.read.points / 21));
});

test('letters of several bytes are charged as what they take on the wire', async () => {
  page = () => '語'.repeat(7 * bytesPerPoint);
  const codes = await askTimes(40, connection(), 'page:read', {});
  expect(codes.filter((code) => code === 'ok').length).toBe(Math.ceil(budgets.read.points / 22));
});

test('pages of an ordinary scroll cost no more than their call', async () => {
  page = () => 'x'.repeat(bytesPerPoint - 1_000);
  const codes = await askTimes(budgets.read.points, connection(), 'page:read', {});
  expect(new Set(codes)).toEqual(new Set(['ok']));
});
