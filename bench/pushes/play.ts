import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seeded } from '../faults/seeded.ts';
import { ApiError, call, eachOf, login, register, setUp, type Session } from '../rig/api.ts';
import { median } from '../rig/statistics.ts';
import { accountOf, type PushAccount } from './account-of.ts';
import type { KillingPushService, Moment } from './killing-service.ts';
import { type SendingTeam, waitingRows } from './senders.ts';

const awayMembers = 10;
const devicesEach = 2;
/** Messages that are written once nobody is killed any more. */
const calmMessages = 20;
const killWithinMs = 30_000;
/** Without anything that arrives. A dead process leaves what it had taken for ten seconds, and events for thirty. */
const settledWithinMs = 60_000;
/** Messages of which something has not arrived, at most: more would wait for the last start, and test nothing. */
const underWayAtMost = 40;

export interface PushVerdict {
  readonly line: string;
  readonly faults: readonly string[];
}

interface Stage {
  readonly port: number;
  readonly token: string;
  readonly conversationId: string;
  /** Endpoints of those who are due. */
  readonly devices: readonly string[];
}

interface Plan {
  readonly kills: number;
  readonly dice: Seeded;
  readonly onKill: (number: number, moment: Moment, readyMs: number) => void;
}

/** Kills the process that sends between sending and marking, again and again, and counts what arrived where. */
export async function playPushes(team: SendingTeam, service: KillingPushService, { kills, dice, onKill }: Plan): Promise<PushVerdict> {
  const stage = await prepare(team, service);
  const writer = new Writer(stage);
  const ready: number[] = [];
  for (let number = 1; number <= kills; number++) {
    const moment = number % 2 === 0 ? 'answered' : 'unanswered';
    await killOnce(team, service, { stage, writer, moment, after: Math.floor(dice.between(0, 30)) });
    const readyMs = await team.again();
    ready.push(readyMs);
    onKill(number, moment, readyMs);
    await writer.finish();
  }
  const lastStart = performance.now();
  const killed = await settled(team, () => accountOf(service.pushed, writer.acked, stage.devices));
  const settledMs = Math.round(performance.now() - lastStart);
  const calm = await playCalm(team, service, stage);
  const faults = [...faultsOf('under kills', killed), ...faultsOf('without kills', calm)];
  if (calm.repeated > 0) faults.push(`without kills ${String(calm.repeated)} pushes came again`);
  return { line: lineOf({ kills, ready, killed, calm, settledMs }), faults };
}

async function playCalm(team: SendingTeam, service: KillingPushService, stage: Stage): Promise<PushAccount> {
  const before = service.pushed.length;
  const writer = new Writer(stage);
  for (let count = 0; count < calmMessages; count++) await writer.write();
  await writer.finish();
  return settled(team, () => accountOf(service.pushed.slice(before), writer.acked, stage.devices));
}

/** Ten away members with two devices each, and three with devices that nothing is due at: who writes, who muted it, and who was removed. */
async function prepare(team: SendingTeam, service: KillingPushService): Promise<Stage> {
  const { port } = team;
  const writer = await setUp(port, team.setupToken());
  const people = await eachOf(awayMembers + 2, 4, (index) => register(port, `person${String(index)}`));
  const memberIds = people.map(({ user }) => user.id);
  const body = { kind: 'group', name: 'Pushes', memberIds };
  const { id } = await call<{ id: string }>(port, { method: 'POST', path: '/conversations', token: writer.accessToken, body });
  const [muted, removed, ...away] = people as [Session, Session, ...Session[]];
  for (const one of [writer, muted, removed]) await subscribe(port, service, one);
  await call(port, { method: 'PATCH', path: `/conversations/${id}`, token: muted.accessToken, body: { muted: true } });
  await call(port, { method: 'DELETE', path: `/conversations/${id}/members/${removed.user.id}`, token: writer.accessToken });
  const devices = await eachOf(away.length * devicesEach, 4, (index) => subscribe(port, service, away[index % away.length]!));
  return { port, token: writer.accessToken, conversationId: id, devices };
}

async function subscribe(port: number, service: KillingPushService, { accessToken }: Session): Promise<string> {
  const { kind, endpoint, p256dh, auth } = service.subscribe();
  const body = { kind, endpoint, keys: { p256dh, auth } };
  await call(port, { method: 'POST', path: '/notifications/subscriptions', token: accessToken, body });
  return endpoint;
}

interface Killing {
  readonly stage: Stage;
  readonly writer: Writer;
  readonly moment: Moment;
  /** Pushes that pass before. */
  readonly after: number;
}

/** Writes until the process that sends has died. */
async function killOnce(team: SendingTeam, service: KillingPushService, { stage, writer, moment, after }: Killing): Promise<void> {
  const death = new AbortController();
  service.arm(moment, after, () => {
    team.kill();
    death.abort();
  });
  const giveUpAt = performance.now() + killWithinMs;
  while (!death.signal.aborted) {
    if (performance.now() > giveUpAt) throw new Error(`no push came within ${String(killWithinMs)} ms that the sender could die with`);
    const { missing } = accountOf(service.pushed, writer.acked, stage.devices);
    if (missing.length < underWayAtMost * stage.devices.length) await writer.write();
    await sleep(20);
  }
}

/** Writes messages, and once more under the same id what nobody acknowledged. */
class Writer {
  /** Ids of acknowledged messages. */
  readonly acked: string[] = [];
  readonly #stage: Stage;
  #token: string;
  #unacked: string[] = [];

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#token = stage.token;
  }

  async write(clientMessageId: string = randomUUID()): Promise<void> {
    const { port, conversationId } = this.#stage;
    const body = { clientMessageId, text: `Soup ${String(this.acked.length)}` };
    try {
      const { id } = await call<{ id: string }>(port, {
        method: 'POST',
        path: `/conversations/${conversationId}/messages`,
        token: this.#token,
        body,
      });
      this.acked.push(id);
    } catch (error) {
      this.#unacked.push(clientMessageId);
      // A token lives for ten minutes.
      if (error instanceof ApiError && error.status === 401) this.#token = (await login(port, 'owner')).accessToken;
    }
  }

  async finish(): Promise<void> {
    while (this.#unacked.length > 0) {
      const again = this.#unacked;
      this.#unacked = [];
      for (const id of again) await this.write(id);
      if (this.#unacked.length > 0) await sleep(200);
    }
  }
}

/** The account once all that is due has arrived and nothing waits to be decided or sent; as it is then where that takes too long. */
async function settled(team: SendingTeam, account: () => PushAccount): Promise<PushAccount> {
  let left = Infinity;
  for (let giveUpAt = performance.now() + settledWithinMs; ;) {
    const waiting = await waitingRows(team.database());
    const now = account();
    if (now.missing.length + waiting < left) giveUpAt = performance.now() + settledWithinMs;
    left = Math.min(left, now.missing.length + waiting);
    if ((waiting === 0 && now.missing.length === 0) || performance.now() > giveUpAt) return now;
    await sleep(200);
  }
}

function faultsOf(when: string, { missing, strangers, mixed }: PushAccount): string[] {
  const some = (what: string, keys: readonly string[]): string[] =>
    keys.length === 0 ? [] : [`${when} ${String(keys.length)} ${what}, such as ${keys[0] ?? ''}`];
  return [
    ...some('that were due did not arrive', missing),
    ...some('arrived that were not due', strangers),
    ...some('came under another tag', mixed),
  ];
}

function lineOf({ kills, ready, killed, calm, settledMs }: Figures): string {
  const of = ({ arrived, due }: PushAccount): string => `${String(arrived)} of ${String(due)} due (event, device) arrived`;
  return [
    `${String(kills)} kills`,
    `${of(killed)}, ${String(killed.repeated)} came again, one at most ${String(killed.most)} times`,
    `without kills ${of(calm)}, ${String(calm.repeated)} came again`,
    `nobody else ${killed.strangers.length + calm.strangers.length === 0 ? 'got any' : 'was spared'}`,
    `ready in ${String(median(ready))} ms (median), ${String(Math.max(...ready))} ms (most)`,
    `all settled ${String(settledMs)} ms after the last start`,
  ].join('; ');
}

interface Figures {
  readonly kills: number;
  readonly ready: readonly number[];
  readonly killed: PushAccount;
  readonly calm: PushAccount;
  readonly settledMs: number;
}
