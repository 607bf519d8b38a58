// `npm run test:attack`: plays what an attacker with an ordinary account, or none, does, and looks at what everybody else feels. See README.md here.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AttackOptions, readAttackOptions, usage } from './attack/options.ts';
import type { Outcome, Play } from './attack/play.ts';
import { renewFlood, malformedFlood, unknownFlood } from './attack/plays/floods.ts';
import { longBurst } from './attack/plays/long-burst.ts';
import { longReads } from './attack/plays/long-reads.ts';
import { manySockets } from './attack/plays/many-sockets.ts';
import { searchPoison } from './attack/plays/search-poison.ts';
import { signInStorm } from './attack/plays/sign-in-storm.ts';
import { slowLine } from './attack/plays/slow-line.ts';
import { unreadAnswers } from './attack/plays/unread-answers.ts';
import { enterSmallBuffers, hasSmallBuffers } from './attack/small-buffers.ts';
import { Stage } from './attack/stage.ts';
import { errorText } from './rig/error-text.ts';

const plays: readonly Play[] = [
  slowLine,
  longBurst,
  unreadAnswers,
  longReads,
  searchPoison,
  signInStorm,
  renewFlood,
  unknownFlood,
  malformedFlood,
  manySockets,
];

const options = optionsOrExit(process.argv.slice(2));
enterSmallBuffers();
await main(options);

async function main({ only, json, ...shape }: AttackOptions): Promise<void> {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'confab-attack-')));
  console.error(
    `attacks: ${shape.topology} on ${shape.store}, ${hasSmallBuffers() ? 'with small buffers' : 'on plain loopback'}, data in ${home}`,
  );
  const stage = await Stage.open(shape, home);
  const outcomes: Record<string, Outcome> = {};
  for (const play of plays.filter(({ name }) => only.length === 0 || only.includes(name))) {
    console.error(`${play.name}: ${play.summary}`);
    const outcome = await outcomeOf(play, stage);
    outcomes[play.name] = outcome;
    for (const [name, value] of Object.entries(outcome.figures)) console.log(`  ${name}: ${value}`);
    for (const fault of outcome.faults) console.log(`  FAULT: ${fault}`);
  }
  await stage.close();
  const faults = Object.values(outcomes).reduce((sum, outcome) => sum + outcome.faults.length, 0);
  console.log(
    `attacks: ${String(Object.keys(outcomes).length)} played; ${faults === 0 ? 'PASSED' : `FAILED with ${String(faults)} faults`}`,
  );
  if (json !== undefined) writeFileSync(json, JSON.stringify({ ...shape, outcomes }, null, 2));
  rmSync(home, { recursive: true, force: true });
  process.exit(faults === 0 ? 0 : 1);
}

/** An attack that cannot be played to its end has stopped the team, or is broken itself: either is a fault. */
async function outcomeOf(play: Play, stage: Stage): Promise<Outcome> {
  try {
    return await play.run(stage);
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { figures: {}, faults: [`not played to its end: ${detail}\n${stage.lastOutput}`] };
  }
}

function optionsOrExit(args: readonly string[]): AttackOptions {
  try {
    return readAttackOptions(
      args,
      plays.map(({ name }) => name),
    );
  } catch (error) {
    console.error(`attacks: ${errorText(error)}\n\n${usage}`);
    process.exit(2);
  }
}
