import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresOn } from '../../bench/faults/postmasters.ts';
import { answersReady, signal } from '../../bench/rig/started-process.ts';
import type { AuditEntry } from '../../src/contracts/admin/audit.ts';
import { eventually } from '../harness/eventually.ts';
import { openToOthers } from '../harness/open-files.ts';
import { ServerProcess } from '../harness/process.ts';
import { Team } from '../harness/team.ts';

const run = promisify(execFile);

describe('the program as people run it', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await ServerProcess.create();
    await server.start();
  }, 120_000);
  afterAll(() => server.remove());

  const confab = async (...args: string[]) => {
    const { stdout } = await run(process.execPath, [join(process.cwd(), 'bin', 'confab.mjs'), ...args], { env: server.environment });
    return stdout.trim();
  };

  test('the set-up link is printed once, lies in a file for its owner, and the command line finds it', async () => {
    const link = `${server.url}/setup#${await server.setupToken()}`;
    // It answers that it is ready before its last words have come through the pipe.
    await eventually(() => {
      expect(server.output).toContain(`setup: ${link}\n`);
    });
    expect(statSync(join(server.dataDir, 'setup-token')).mode & 0o777).toBe(0o600);
    expect(await confab('setup-link')).toBe(link);
  });

  test('nothing in the data directory is open to other users', async () => {
    expect(await openToOthers(server.dataDir)).toEqual([]);
  });

  test('a team lives through SIGKILL of the whole tree, and the command line works on it running and stopped', async () => {
    const team = await Team.create([server.url], server.dataDir);
    const ana = await team.actor('ana');
    const { id } = await ana.opens('group', []);
    const sent = await ana.posts(id, 'durable');
    expect(await confab('user', 'make-owner', 'ana')).toBe('ana is owner');
    // A running server learns of what another process did within a second.
    const { items } = await eventually(() => ana.api.ok<{ items: AuditEntry[] }>('GET', '/admin/audit?operation=auth.changeRole'));
    expect(items[0]).toMatchObject({ transport: 'cli', outcome: 'ok', actorId: null });
    await team.leaves();

    await server.kill();
    await confab('user', 'create', '--email', 'boris@example.org', '--username', 'boris', '--role', 'admin');
    const link = await confab('user', 'reset-password', 'boris');
    await server.start();
    expect((await ana.reads(id)).map(({ text, seq }) => [text, seq])).toEqual([['durable', sent.seq]]);

    await ana.api.ok('POST', '/auth/reset', { token: link.split('#')[1], password: 'a brand new passphrase 5' });
    const signedIn = await ana.api.ok<{ user: { role: string } }>('POST', '/auth/login', {
      login: 'boris',
      password: 'a brand new passphrase 5',
    });
    expect(signedIn.user.role).toBe('admin');
    expect(await confab('user', 'disable', 'boris')).toContain('boris is closed');
    expect((await ana.api.request('POST', '/auth/login', { login: 'boris', password: 'a brand new passphrase 5' })).status).toBe(401);
  }, 60_000);

  test('the doctor finds nothing wrong with a healthy team', async () => {
    const said = await confab('doctor');
    expect(said).toMatch(/ok +the store of files \(.*media\) does all that it needs to/);
    expect(said).toContain('Nothing is wrong.');
  });

  test('SIGTERM ends it in order', async () => {
    expect(await server.stop()).toBe(0);
  });

  test('whoever read its log may go away: it goes on, brings its database back, and ends in order', async () => {
    await server.start();
    server.closeOutput();
    // Each failure on the way is a line that nobody reads.
    const [killed] = postgresOn(server.dataDir).postmasters;
    signal([killed!], 'SIGKILL');
    await eventually(async () => {
      expect(postgresOn(server.dataDir).postmasters).not.toContain(killed);
      expect(await answersReady(server.port)).toBe(true);
    });
    expect(await server.stop()).toBe(0);
  }, 30_000);

  test('a link of the command line leads to the port of the running server, whoever forgets to say it again', async () => {
    const { PORT: _port, CONFAB_PUBLIC_URL: _url, ...forgetful } = server.environment;
    const { stdout } = await run(process.execPath, [join(process.cwd(), 'bin', 'confab.mjs'), 'user', 'reset-password', 'ana'], {
      env: forgetful,
    });
    expect(stdout).toContain(`:${String(server.port)}/reset#`);
  }, 30_000);

  test('the command line shows the configuration, and says what is wrong with it or with the command', async () => {
    const config = (env: Readonly<Record<string, string>>, ...args: string[]) =>
      run(process.execPath, [join(process.cwd(), 'bin', 'confab.mjs'), 'config', ...args], {
        env: { ...server.environment, ...env },
      }).catch((error: unknown) => error as { code: number; stdout: string; stderr: string });
    const { stdout } = await config({}, '--json');
    const { variables } = JSON.parse(stdout) as { variables: unknown[] };
    expect(variables).toContainEqual(expect.objectContaining({ name: 'PORT', value: String(server.port), source: 'environment' }));
    const refused = await config({ PORT: 'x', CONFAB_REGISTRATION: 'y' });
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toMatch(/PORT[\s\S]*CONFAB_REGISTRATION/);
    const misused = await config({}, '--jsn');
    expect(misused).toMatchObject({ code: 2 });
    expect(misused.stderr).toMatch(/^Unknown option '--jsn'\.?.*\n$/);
  }, 30_000);

  test('a faulty environment is refused with every fault at once', async () => {
    const faulty = { ...server.environment, PORT: 'x', CONFAB_REGISTRATION: 'y' };
    const refused = await run(process.execPath, [join(process.cwd(), 'scripts', 'start.mjs')], { env: faulty }).catch(
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(refused).toMatchObject({ code: 78 });
    expect(refused.stderr).toMatch(/PORT[\s\S]*CONFAB_REGISTRATION/);
  });
});
