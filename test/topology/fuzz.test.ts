import fc from 'fast-check';
import type { HttpBinding, Operation } from '../../src/contracts/define.ts';
import { Problem } from '../../src/contracts/errors.ts';
import { operations } from '../../src/contracts/registry.ts';
import { inputsFor } from '../harness/arbitrary.ts';
import { type Device, Refused } from '../harness/device.ts';
import { openAppWithTeam, type AppWithTeam } from '../harness/app-with-team.ts';
import type { Actor } from '../harness/team.ts';

/** They end the session that asks, which is right, and would end the run. */
const endsItself = new Set(['auth.logOut']);
const runs = 40;

let opened: AppWithTeam;
let owner: Actor;
let device: Device;
const logged: string[] = [];

beforeAll(async () => {
  const note = (_message: string, fields?: object) => void logged.push(JSON.stringify(fields));
  const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: note, child: () => logger };
  opened = await openAppWithTeam({ logger });
  owner = await opened.team.owner;
  device = await owner.comesOnline();
});

afterAll(() => opened.close());

afterEach(() => {
  expect(logged.splice(0)).toEqual([]);
});

describe('whatever comes in by HTTP is answered or refused, never a fault of ours', () => {
  for (const operation of operations.filter(({ http, name }) => http && !endsItself.has(name))) {
    test(operation.name, async () => {
      await fc.assert(
        fc.asyncProperty(inputsFor(operation.input), async (input) => {
          await requestAnyhow(operation, operation.http as HttpBinding, input);
        }),
        { numRuns: runs },
      );
    });
  }
});

describe('whatever comes in by a socket gets exactly one ack, never a fault of ours', () => {
  for (const operation of operations.filter(({ socket }) => socket)) {
    test(operation.name, async () => {
      await fc.assert(
        fc.asyncProperty(inputsFor(operation.input), async (input) => {
          // The device fails the test when an ack does not come; Socket.IO drops a second one.
          const refusal = await device.command(operation.socket?.command ?? '', input).then(() => null, refusalOf);
          if (refusal) expect(refusal.status).toBeLessThan(500);
        }),
        { numRuns: runs },
      );
      expect(device.isOpen).toBe(true);
    });
  }
});

async function requestAnyhow(operation: Operation, binding: HttpBinding, input: unknown): Promise<void> {
  const fields = (typeof input === 'object' && input !== null && !Array.isArray(input) ? input : { value: input }) as Record<
    string,
    unknown
  >;
  const inPath = new Set<string>();
  const path = binding.path.replace(/:(\w+)/g, (_, key: string) => {
    inPath.add(key);
    return encodeURIComponent(textOf(fields[key]).slice(0, 500).toWellFormed()) || '%20';
  });
  const rest = Object.fromEntries(Object.entries(fields).filter(([key]) => !inPath.has(key)));
  const isQuery = binding.method === 'GET' || binding.method === 'DELETE';
  const query = isQuery
    ? new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, textOf(value).slice(0, 500)])).toString()
    : '';
  const address = (binding.root ? path : `/api/v1${path}`) + (query === '' ? '' : `?${query}`);
  const answer = await owner.api.request(
    binding.method,
    address,
    isQuery ? undefined : JSON.stringify(typeof input === 'object' ? rest : input),
  );
  expect(answer.status).toBeLessThan(500);
  if (answer.status >= 400) expect(Problem.parse(answer.body).status).toBe(answer.status);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : ((JSON.stringify(value) as string | undefined) ?? ''));

function refusalOf(error: unknown): Problem {
  if (error instanceof Refused) return Problem.parse(error.problem);
  throw error;
}
