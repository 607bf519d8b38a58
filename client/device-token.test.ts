import { describe, expect, it } from '@jest/globals';
import { logIn, logOut, refresh } from '../src/contracts/auth/sessions.ts';
import { register } from '../src/contracts/auth/registration.ts';
import { setUp } from '../src/contracts/auth/team.ts';
import { DeviceToken } from './device-token.ts';
import { Http } from './http.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
import type { TokenStore } from './options.ts';
import { ManualTimers } from './test-timers.ts';

class KeptStore extends MemoryTokenStore {
  device: string | null = null;

  readDevice = (): Promise<string | null> => Promise.resolve(this.device);
  writeDevice = (token: string): Promise<void> => {
    this.device = token;
    return Promise.resolve();
  };
}

const word = /^[\w-]{22,128}$/;

describe('the token of a device', () => {
  it('is made once, and is another one for another client', async () => {
    const device = new DeviceToken(new MemoryTokenStore());
    const [one, other] = await Promise.all([device.get(), device.get()]);
    expect(one).toMatch(word);
    expect(other).toBe(one);
    expect(await new DeviceToken(new MemoryTokenStore()).get()).not.toBe(one);
  });

  it('is kept by a store that can', async () => {
    const store = new KeptStore();
    const first = await new DeviceToken(store).get();
    await store.write(null);
    expect(await new DeviceToken(store).get()).toBe(first);
  });

  it('is made anew where what was kept is none', async () => {
    const store = new KeptStore();
    store.device = 'too short';
    expect(await new DeviceToken(store).get()).toMatch(word);
  });

  it('is there although its store fails', async () => {
    const broken: TokenStore = {
      read: () => Promise.resolve(null),
      write: () => Promise.resolve(),
      readDevice: () => Promise.reject(new Error('no disk')),
      writeDevice: () => Promise.reject(new Error('no disk')),
    };
    expect(await new DeviceToken(broken).get()).toMatch(word);
  });
});

describe('a program sends it', () => {
  const bodies: Record<string, unknown>[] = [];
  const http = (device?: DeviceToken) =>
    new Http({
      url: 'http://server',
      timers: new ManualTimers(),
      isProgram: true,
      ...(device ? { device } : {}),
      fetch: (_input, init) => {
        bodies.push(JSON.parse((init?.body as string | null | undefined) ?? '{}') as Record<string, unknown>);
        return Promise.resolve(Response.json({}));
      },
    });
  const account = { email: 'bot@example.org', username: 'bot', password: 'open sesame' };

  it('where a session begins, and with no renewal', async () => {
    const device = new DeviceToken(new MemoryTokenStore());
    const program = http(device);
    await program.send(logIn, { login: 'bot', password: 'open sesame' }, null);
    await program.send(register, account, null);
    await program.send(setUp, { ...account, token: 't', teamName: 'Team' }, null);
    await program.send(refresh, { refreshToken: 'r' }, null);
    await program.send(logOut, {}, 'access');
    const token = await device.get();
    expect(bodies.splice(0).map(({ deviceToken }) => deviceToken)).toEqual([token, token, token, undefined, undefined]);
  });

  it('unless it names one itself', async () => {
    const deviceToken = 'a'.repeat(30);
    await http(new DeviceToken(new MemoryTokenStore())).send(logIn, { login: 'bot', password: 'open sesame', deviceToken }, null);
    expect(bodies.splice(0)).toEqual([expect.objectContaining({ deviceToken })]);
  });
});
