import { readdir, readFile, writeFile } from 'node:fs/promises';
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

test('what uploads left that never ended goes when it is asked for, and no sooner', async () => {
  const incoming = join(opened.app.config.dataDir, 'media', 'incoming', newBlobKey());
  await writeFile(incoming, 'half a fi');
  const remove = (more: object) => opened.app.kernel.bus.call(removeOrphans, { keys: [], ...more } as never, systemContext());
  expect(await remove({ abandoned: false })).toEqual({ removed: 0 });
  expect(await readFile(incoming, 'utf8')).toBe('half a fi');
  expect(await remove({ abandoned: true })).toEqual({ removed: 1 });
  await expect(readFile(incoming)).rejects.toThrow('ENOENT');
});
