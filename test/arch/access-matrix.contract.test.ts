import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Operation } from '../../src/contracts/define.ts';
import { operationNamed, operations } from '../../src/contracts/registry.ts';
import { Api } from '../harness/api.ts';
import { Refused } from '../harness/device.ts';
import { openAppWithTeam, type AppWithTeam } from '../harness/app-with-team.ts';
import type { TestApp } from '../harness/app.ts';
import type { Actor, Team } from '../harness/team.ts';
import { matrix } from './access-matrix.ts';

const related = Object.entries(matrix).flatMap(([name, { relations }]) =>
  Object.entries(relations ?? {}).map(([relation, answer]) => [name, relation, answer] as const),
);

const ofGuests = Object.entries(matrix).flatMap(([name, { teamGuest }]) =>
  Object.entries(teamGuest ?? {}).map(([relation, answer]) => [name, relation, answer] as const),
);

describe('the app', () => {
  let opened: AppWithTeam;
  let app: TestApp;
  let team: Team;
  let scenes = 0;

  beforeAll(async () => {
    opened = await openAppWithTeam();
    ({ app, team } = opened);
  });
  afterAll(() => opened.close());

  test.each(operations.filter(({ http, access }) => http && access !== 'public').map(({ name }) => name))(
    'asks strangers to sign in before %s',
    async (name) => {
      const { status, body } = await request(new Api(app.url), operationNamed.get(name) as Operation, {});
      expect([status, body['code']]).toEqual([401, 'unauthenticated']);
    },
  );

  test.each(operations.filter(({ http, access }) => http && access === 'admin').map(({ name }) => name))(
    'refuses a member %s',
    async (name) => {
      const { status, body } = await request((await team.actor('mia')).api, operationNamed.get(name) as Operation, {});
      expect([status, body['code']]).toEqual([403, 'forbidden']);
    },
  );

  test.each(related)('answers %s of the %s with %s', async (name, relation, answer) => {
    const scene = await openScene(team, ++scenes);
    const actor = scene.people[relation] as Actor;
    expect((await answerTo(actor, operationNamed.get(name) as Operation, scene.input)).code).toBe(answer);
  });

  test.each(ofGuests)('answers a guest of the team who asks %s about somebody (%s) with %s', async (name, relation, answer) => {
    const { guest, people, conversationId } = await openGuestScene(team, ++scenes);
    const userId = people[relation]?.id ?? '';
    const input = {
      conversationId,
      userId,
      userIds: [userId],
      memberIds: [userId],
      kind: 'direct',
      role: 'member',
      from: userId,
      q: 'hello',
    };
    const { code, output } = await answerTo(guest, operationNamed.get(name) as Operation, input);
    expect(code === 'allow' && !JSON.stringify(output).includes(userId) ? 'left_out' : code).toBe(answer);
  });
});

/** A private group with one person of each standing, and a message of one of its members. */
async function openScene(
  team: Team,
  number: number,
): Promise<{ people: Readonly<Record<string, Actor>>; input: Readonly<Record<string, unknown>> }> {
  const [owner, moderator, member, guest, sender, stranger, target] = await team.actors('ona', 'mod', 'mem', 'gus', 'sen', 'str', 'tar');
  const { id } = await owner.opens('group', [moderator, member, guest, sender, target], { name: `Scene ${String(number)}` });
  const give = (actor: Actor, role: string) => owner.api.ok('PATCH', `/conversations/${id}/members/${actor.id}`, { role });
  await give(moderator, 'moderator');
  await give(guest, 'guest');
  const message = await sender.api.ok<{ id: string }>('POST', `/conversations/${id}/messages`, {
    clientMessageId: randomUUID(),
    text: 'hello',
  });
  return {
    people: { owner, moderator, member, guest, sender, stranger },
    input: {
      conversationId: id,
      messageId: message.id,
      userId: target.id,
      userIds: [(await team.owner).id],
      role: 'moderator',
      name: 'Renamed',
      text: 'changed',
      clientMessageId: randomUUID(),
      emoji: '👍',
      seq: 1,
      typing: true,
    },
  };
}

/** A private group with a guest of the team; the stranger said something in it and left. */
async function openGuestScene(team: Team, number: number) {
  const [owner, shares, stranger] = await team.actors('ona', 'mem', 'lef');
  const guest = await team.guest('tgu');
  const { id } = await owner.opens('group', [shares, stranger, guest], { name: `Guest ${String(number)}` });
  for (const person of [shares, stranger])
    await person.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: 'hello' });
  await stranger.api.ok('DELETE', `/conversations/${id}/members/${stranger.id}`);
  return { guest, conversationId: id, people: { shares, stranger } as Readonly<Record<string, Actor>> };
}

interface Answer {
  /** `allow`, or the code of the refusal. */
  readonly code: string;
  readonly output?: unknown;
}

async function answerTo(actor: Actor, operation: Operation, all: Readonly<Record<string, unknown>>): Promise<Answer> {
  const keys = Object.keys('shape' in operation.input ? (operation.input.shape as object) : {});
  const input = Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));
  if (operation.http) {
    const { status, body } = await request(actor.api, operation, input);
    return status < 400 ? { code: 'allow', output: body } : { code: String(body['code']) };
  }
  try {
    return { code: 'allow', output: await (await actor.device()).command(operation.socket?.command ?? '', input) };
  } catch (error) {
    if (error instanceof Refused) return { code: error.problem.code };
    throw error;
  }
}

/** By its HTTP binding: what the path names goes there, the rest into the body or the query. */
function request(api: Api, { http }: Operation, input: Readonly<Record<string, unknown>>) {
  if (!http) throw new Error('there is no HTTP binding');
  const path = http.path.replace(/:(\w+)/g, (_all, key: string) =>
    encodeURIComponent(typeof input[key] === 'string' ? input[key] : randomUUID()),
  );
  const isQuery = http.method === 'GET' || http.method === 'DELETE';
  const rest = Object.fromEntries(Object.entries(input).filter(([key]) => !http.path.includes(`:${key}`)));
  if (!isQuery) return api.request(http.method, path, rest);
  const query = new URLSearchParams(Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  return api.request(http.method, query.size === 0 ? path : `${path}?${query.toString()}`);
}
