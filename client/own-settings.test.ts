import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OwnSettings } from '../src/contracts/auth/own-settings.ts';
import { defaultUserSettings } from '../src/contracts/user-setting-values.ts';
import type { Client, UserSettingsChange } from './client.ts';
import { ClientError, offline } from './client-error.ts';
import { OwnSettingsOfDevice } from './own-settings.ts';
import { settled } from './test-timers.ts';

/** A server whose answers a test gives one by one. */
interface Asked {
  readonly name: string;
  readonly input: unknown;
  readonly answer: (answer: OwnSettings) => Promise<void>;
  readonly fail: (error: ClientError) => Promise<void>;
}

let asked: Asked[];
let isConnected: boolean;
let settings: OwnSettingsOfDevice;
let open: () => OwnSettingsOfDevice;
let kept: Map<string, UserSettingsChange>;

const own = (rev: number, change: Partial<OwnSettings['settings']> = {}): OwnSettings => ({
  rev,
  settings: { ...defaultUserSettings, ...change },
});
const refused = new ClientError('rate_limited', { detail: 'Too often.' });

beforeEach(() => {
  asked = [];
  isConnected = true;
  const call = ({ name }: { name: string }, input: unknown) =>
    new Promise((resolve, reject) => {
      const answer = (given: OwnSettings) => (resolve(given), settled());
      const fail = (error: ClientError) => (reject(error), settled());
      asked.push({ name, input, answer, fail });
    });
  kept = new Map();
  const unsent = {
    read: (userId: string) => kept.get(userId) ?? {},
    write: (userId: string, change: UserSettingsChange) => kept.set(userId, change),
  };
  open = () => new OwnSettingsOfDevice({ call: call as unknown as Client['call'], isConnected: () => isConnected, unsent });
  settings = open();
  settings.begin('ana');
});

function last(): Asked {
  const found = asked.at(-1);
  if (!found) throw new Error('nothing was asked');
  return found;
}

async function read(answer: OwnSettings): Promise<void> {
  settings.resume();
  await last().answer(answer);
}

describe('the settings of a person on a device', () => {
  it('are unknown until they were read, and read again on each connection', async () => {
    expect(settings.get()).toBeNull();
    await read(own(1, { 'appearance.theme': 'dark' }));
    expect(settings.get()).toEqual(own(1, { 'appearance.theme': 'dark' }).settings);
    await read(own(2, { 'appearance.language': 'ru' }));
    expect(settings.get()).toEqual(own(2, { 'appearance.language': 'ru' }).settings);
    expect(asked.map(({ name }) => name)).toEqual(['auth.getUserSettings', 'auth.getUserSettings']);
  });

  it('follow other devices, and of several answers the latest, whatever comes first', async () => {
    settings.resume();
    settings.changed(own(3, { 'appearance.theme': 'light' }));
    await last().answer(own(2, { 'appearance.theme': 'dark' }));
    settings.changed(own(1));
    expect(settings.get()).toEqual(own(3, { 'appearance.theme': 'light' }).settings);
  });

  it('show a change at once, and resolve it once the server took it', async () => {
    await read(own(0));
    let isDone = false;
    const change = settings.change({ 'appearance.theme': 'dark' }).then(() => (isDone = true));
    expect(settings.get()).toMatchObject({ 'appearance.theme': 'dark' });
    settings.changed(own(1, { 'appearance.language': 'ru' }));
    expect(settings.get()).toEqual(own(1, { 'appearance.theme': 'dark', 'appearance.language': 'ru' }).settings);
    await settled();
    expect([isDone, last().input]).toEqual([false, { 'appearance.theme': 'dark' }]);
    await last().answer(own(2, { 'appearance.theme': 'dark', 'appearance.language': 'ru' }));
    await change;
    expect(settings.get()).toEqual(own(1, { 'appearance.theme': 'dark', 'appearance.language': 'ru' }).settings);
  });

  it('show the default at once for what is taken back', async () => {
    await read(own(1, { 'appearance.theme': 'dark' }));
    const change = settings.change({ 'appearance.theme': null });
    expect(settings.get()).toMatchObject({ 'appearance.theme': 'system' });
    await last().answer(own(2));
    await change;
    expect(settings.get()).toEqual(defaultUserSettings);
  });

  it('are as they were where the server refuses', async () => {
    await read(own(1, { 'appearance.theme': 'dark' }));
    const change = settings.change({ 'appearance.theme': 'light' });
    const isRefused = expect(change).rejects.toBe(refused);
    await last().fail(refused);
    await isRefused;
    expect(settings.get()).toMatchObject({ 'appearance.theme': 'dark' });
  });

  it('keep the last of several values of a key', async () => {
    await read(own(0));
    const changes = (['dark', 'light', 'system'] as const).map((theme) => settings.change({ 'appearance.theme': theme }));
    await last().answer(own(1, { 'appearance.theme': 'dark' }));
    expect(settings.get()).toMatchObject({ 'appearance.theme': 'system' });
    await last().answer(own(2));
    await Promise.all(changes);
    expect(asked.slice(1).map(({ input }) => input)).toEqual([{ 'appearance.theme': 'dark' }, { 'appearance.theme': 'system' }]);
    expect(settings.get()).toEqual(defaultUserSettings);
  });

  it('wait for a connection with what could not be sent', async () => {
    await read(own(0));
    isConnected = false;
    const change = settings.change({ 'appearance.theme': 'dark' });
    await last().fail(offline('cut'));
    expect([asked.length, settings.get()]).toEqual([2, { ...defaultUserSettings, 'appearance.theme': 'dark' }]);
    isConnected = true;
    settings.resume();
    await settled();
    expect(asked.slice(2).map(({ name }) => name)).toEqual(['auth.getUserSettings', 'auth.changeUserSettings']);
    await asked[2]?.answer(own(0));
    expect(settings.get()).toMatchObject({ 'appearance.theme': 'dark' });
    await asked[3]?.answer(own(1, { 'appearance.theme': 'dark' }));
    await change;
    expect(settings.get()).toMatchObject({ 'appearance.theme': 'dark' });
  });

  it('that could not be sent before the page closed are sent when the same person comes again', async () => {
    await read(own(0));
    isConnected = false;
    settings.change({ 'appearance.theme': 'dark' }).catch(() => undefined);
    settings.change({ 'appearance.language': 'ru' }).catch(() => undefined);
    settings = open();
    settings.begin('boris');
    expect(asked.slice(3)).toEqual([]);
    settings.begin('ana');
    expect(asked.slice(3).map(({ input }) => input)).toEqual([{ 'appearance.theme': 'dark' }, { 'appearance.language': 'ru' }]);
    await asked[3]?.answer(own(1, { 'appearance.theme': 'dark' }));
    expect(kept.get('ana')).toEqual({ 'appearance.language': 'ru' });
    expect(settings.get()).toEqual(own(1, { 'appearance.theme': 'dark', 'appearance.language': 'ru' }).settings);
    await asked[4]?.fail(refused);
    expect([kept.get('ana'), settings.get()]).toEqual([{}, own(1, { 'appearance.theme': 'dark' }).settings]);
  });

  it('are not kept after a sign-out, but after a session that ended by itself', async () => {
    await read(own(0));
    isConnected = false;
    settings.change({ 'appearance.theme': 'dark' }).catch(() => undefined);
    await last().fail(offline('cut'));
    settings.begin(null);
    await settled();
    expect(kept.get('ana')).toEqual({ 'appearance.theme': 'dark' });
    settings.forget('ana');
    expect(kept.get('ana')).toEqual({});
  });

  it('say that there was no answer where the connection stands', async () => {
    await read(own(0));
    const isRefused = expect(settings.change({ 'appearance.theme': 'dark' })).rejects.toMatchObject({ code: 'offline' });
    await last().fail(offline('lost'));
    await isRefused;
    expect(settings.get()).toEqual(defaultUserSettings);
  });

  it('are nobody’s after the person left: neither answers nor waiting changes of theirs come to the next', async () => {
    await read(own(5, { 'appearance.language': 'ru' }));
    settings.resume();
    const lateRead = last();
    const lateChange = settings.change({ 'appearance.theme': 'dark' });
    const sent = last();
    isConnected = false;
    const waiting = expect(settings.change({ 'appearance.language': 'en' })).rejects.toMatchObject({ code: 'client_closed' });
    await last().fail(offline('cut'));
    settings.begin(null);
    await waiting;
    expect(settings.get()).toBeNull();
    isConnected = true;
    await read(own(0));
    await lateRead.answer(own(6, { 'appearance.language': 'ru' }));
    await sent.answer(own(7, { 'appearance.theme': 'dark' }));
    await lateChange;
    expect(settings.get()).toEqual(defaultUserSettings);
  });
});
