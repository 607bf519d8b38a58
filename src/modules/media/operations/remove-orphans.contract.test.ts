import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { downloads, uploads } from '../../../../test/harness/files.ts';
import { removeOrphans } from '../../../contracts/media/upkeep.ts';
import { systemContext } from '../../../kernel/context.ts';
import { newBlobKey } from '../domain/blob-key.ts';

let opened: AppWithTeam;
beforeAll(async () => {
  opened = await openAppWithTeam();
});
afterAll(() => opened.close());

test('media.removeOrphans: bytes of a file stay, whatever is asked for', async () => {
  const ana = await opened.team.actor('ana');
  const file = await uploads(ana, 'kept');
  const folder = join(opened.app.config.dataDir, 'media');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const keys = [newBlobKey(), ...entries.filter((entry) => entry.isFile()).map(({ name }) => name)];
  expect(await opened.app.kernel.bus.call(removeOrphans, { keys }, systemContext())).toEqual({ removed: 1 });
  expect(await (await downloads(ana, file)).text()).toBe('kept');
});
