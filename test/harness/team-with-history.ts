import { ServerProcess } from './process.ts';
import { type Actor, Team } from './team.ts';

export interface TeamWithHistory {
  readonly server: ServerProcess;
  readonly team: Team;
  readonly olga: Actor;
  readonly ana: Actor;
  readonly boris: Actor;
  /** Of the channel that everybody is in. */
  readonly generalId: string;
  close(): Promise<void>;
}

/** A server whose team has talked before: so many messages in “general”, `past 1` and on, by turns of two people. */
export async function openTeamWithHistory(messages: number): Promise<TeamWithHistory> {
  // Reached at whatever address a test puts before it.
  const server = await ServerProcess.createOnTestDatabase({ CONFAB_PUBLIC_URL: '' });
  await server.start();
  const team = await Team.create([server.url], server.dataDir);
  const [olga, ana, boris] = await team.actors('olga', 'ana', 'boris');
  const { items } = await olga.api.ok<{ items: { id: string }[] }>('GET', '/conversations');
  const generalId = items[0]?.id ?? '';
  for (let n = 0; n < messages; n += 50) {
    const say = (at: number) => (at % 7 < 4 ? ana : boris).posts(generalId, `past ${String(at)} ${'words '.repeat(at % 30)}`);
    await Promise.all(Array.from({ length: 50 }, (_unused, at) => say(n + at + 1)));
  }
  await ana.opens('channel', [boris], { name: 'garden', visibility: 'public', topic: 'Beds, seeds and the compost heap' });
  return {
    server,
    team,
    olga,
    ana,
    boris,
    generalId,
    close: async () => {
      await team.leaves();
      await server.remove();
    },
  };
}
