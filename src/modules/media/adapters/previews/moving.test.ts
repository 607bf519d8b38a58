import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { eventually } from '../../../../../test/harness/eventually.ts';
import { requireProgram } from '../../../../../test/harness/programs.ts';
import type { FileProperties } from '../../ports.ts';
import { ChildPreviewMaker } from './child-maker.ts';
import { longNoise, pdf, poisonPdf, recording, sound, turned, video, wide } from './moving.fixture.ts';
import { empty } from './pictures.fixture.ts';

let folder: string;
let maker: ChildPreviewMaker;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confab-previews-'));
  maker = new ChildPreviewMaker(folder);
  await maker.prepare();
});
afterAll(async () => {
  await maker.stop();
  await rm(folder, { recursive: true, force: true });
});

async function* parts(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
const made = (bytes: Uint8Array, mimeType: string, by = maker) =>
  by.make({ mimeType, open: () => Promise.resolve(parts(bytes)) }, () => undefined);
const propertiesOf = async (bytes: Uint8Array, mimeType: string) => (await made(bytes, mimeType)).properties;

async function colourOf(picture: Uint8Array, top: number): Promise<string> {
  const { data, info } = await sharp(Buffer.from(picture)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height * top) * info.width + Math.floor(info.width / 2)) * info.channels;
  return data[at]! > 200 && data[at + 1]! < 60 ? 'red' : data[at + 1]! > 200 ? 'white' : 'other';
}
/** Programs whose arguments name the folder. */
const running = (): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(folder));

/** Nothing of it is seen, and the next file is looked into. */
async function expectAlone(bytes: Uint8Array, mimeType: string): Promise<FileProperties> {
  const startedAt = performance.now();
  const { properties, previews } = await made(bytes, mimeType);
  expect(performance.now() - startedAt).toBeLessThan(22_000);
  expect([properties.hasPreview, previews]).toEqual([false, []]);
  expect((await propertiesOf(await empty(10, 10), 'image/png')).hasPreview).toBe(true);
  return properties;
}

requireProgram('ffmpeg').describe('a video or a sound', () => {
  test('has a poster from behind the begin, its size, its length and its codec', async () => {
    const { properties, previews } = await made(video(), 'video/mp4');
    const thumbhash: unknown = expect.any(String);
    expect(properties).toEqual({ width: 320, height: 180, duration: expect.closeTo(2, 1), codec: 'h264', thumbhash, hasPreview: true });
    expect(previews.map(({ name, mimeType }) => [name, mimeType])).toEqual([
      ['small', 'image/webp'],
      ['large', 'image/webp'],
    ]);
    expect(await colourOf(previews[0]!.bytes, 0.5)).toBe('red');
  });

  test('a video of a phone is as wide and high as it is shown, and so is its poster', async () => {
    const { properties, previews } = await made(turned(video()), 'video/quicktime');
    expect(properties).toMatchObject({ width: 180, height: 320 });
    expect(await sharp(Buffer.from(previews[0]!.bytes)).metadata()).toMatchObject({ width: 180, height: 320 });
  });

  test('pixels that are not square count as they are shown', async () => {
    const { properties, previews } = await made(wide(), 'video/mp4');
    expect(properties).toMatchObject({ width: 320, height: 180 });
    expect(await sharp(Buffer.from(previews[1]!.bytes)).metadata()).toMatchObject({ width: 320, height: 180 });
  });

  test.each([
    ['audio/mpeg', 'tone.mp3'],
    ['audio/wav', 'tone.wav'],
    ['audio/flac', 'tone.flac'],
    ['audio/ogg; codecs=opus', 'tone.opus'],
    ['audio/x-m4a', 'tone.m4a'],
    ['audio/aac', 'tone.aac'],
  ])('a sound (%s) has its length, and a waveform that is high where it is loud', async (mimeType, name) => {
    const { duration, waveform, hasPreview } = await propertiesOf(sound(name), mimeType);
    expect([Math.round(duration!), hasPreview]).toEqual([2, false]);
    const bars = [...Buffer.from(waveform!, 'base64')];
    expect([bars.length, Math.max(...bars.slice(0, 28)) < 20, Math.min(...bars.slice(36, 60)) > 200]).toEqual([64, true, true]);
  });

  test('the length of a recording is counted where its header does not say it', async () => {
    const properties = await propertiesOf(recording(), 'audio/webm');
    expect(properties).toMatchObject({ duration: expect.closeTo(3, 0), waveform: expect.any(String) });
  });

  test.each([
    ['no bytes', () => Buffer.alloc(0)],
    ['half a video', () => video().subarray(0, 3_000)],
    ['a page', () => Buffer.from('<!doctype html><video src="http://127.0.0.1/">')],
    ['a packed bomb', () => Buffer.concat([Buffer.from('PK\u0003\u0004'), deflateRawSync(Buffer.alloc(2 ** 26))])],
  ])('%s called a video has no preview', async (_what, bytes) => {
    expect(await expectAlone(bytes(), 'video/mp4')).toMatchObject({ previewFault: 'unreadable' });
  });

  test('what plays in half of it has a poster', async () => {
    const whole = video('-movflags', '+faststart');
    const { properties } = await made(whole.subarray(0, whole.byteLength - 2_000), 'video/mp4');
    expect(properties).toMatchObject({ width: 320, hasPreview: true });
  });

  describe('a playlist that is called a video', () => {
    let server: Server;
    let asked = 0;
    let url: string;
    let secret: string;
    beforeAll(async () => {
      server = createServer((_request, response) => {
        asked++;
        response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/x.mp4`;
      secret = join(folder, 'secret.mp4');
      await writeFile(secret, video());
    });
    afterAll(() => server.close());

    test.each([
      ['HLS', (target: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${target}\n#EXT-X-ENDLIST\n`],
      ['concat', (target: string) => `ffconcat version 1.0\nfile '${target}'\n`],
      [
        'DASH',
        (target: string) =>
          `<MPD type="static"><Period><AdaptationSet><Representation><BaseURL>${target}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
      ],
      ['SDP', (target: string) => `v=0\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=control:${target}\n`],
    ])(
      '%s reads neither a file nor an address',
      async (_kind, playlist) => {
        for (const mimeType of ['video/mp4', 'video/mpeg'])
          for (const target of [secret, url])
            expect(await propertiesOf(Buffer.from(playlist(target)), mimeType)).toEqual({ hasPreview: false, previewFault: 'unreadable' });
        expect(asked).toBe(0);
      },
      60_000,
    );
  });

  test('what takes longer than its deadline ends with the program that reads it, and what is known stays', async () => {
    const hasty = new ChildPreviewMaker(folder, { deadlineMs: 1_500 });
    await hasty.prepare();
    await hasty.probe();
    const { properties } = await made(longNoise(), 'audio/mpeg', hasty);
    expect(properties).toEqual({ duration: expect.any(Number), hasPreview: false, previewFault: 'failed' });
    await eventually(() => {
      expect(running().filter((line) => line.includes('ffmpeg'))).toEqual([]);
    });
    expect((await made(await empty(10, 10), 'image/png', hasty)).properties.hasPreview).toBe(true);
    await hasty.stop();
  }, 60_000);

  test('nothing of them stays', async () => {
    expect((await readdir(folder)).filter((name) => name.startsWith('file-'))).toEqual([]);
  });
});

requireProgram('pdftoppm').describe('a PDF', () => {
  test('has a picture of its first page', async () => {
    const { properties, previews } = await made(pdf(), 'application/pdf');
    expect(properties).toMatchObject({ height: 1_600, hasPreview: true });
    expect(previews.map(({ name }) => name)).toEqual(['small', 'large']);
    expect([await colourOf(previews[0]!.bytes, 0.2), await colourOf(previews[0]!.bytes, 0.8)]).toEqual(['red', 'white']);
  });

  test.each([
    ['no bytes', () => Buffer.alloc(0)],
    ['half a PDF', () => pdf().subarray(0, 60)],
    ['a page', () => Buffer.from('%PDF-1.7\n<html><script>alert(1)</script>')],
  ])('%s has none', async (_what, bytes) => {
    expect(await expectAlone(bytes(), 'application/pdf')).toEqual({ hasPreview: false, previewFault: 'unreadable' });
  });

  test('a poisoned one ends at its deadline, alone, with the program that reads it', async () => {
    const hasty = new ChildPreviewMaker(folder, { deadlineMs: 2_000 });
    await hasty.prepare();
    await hasty.probe();
    expect((await made(poisonPdf(), 'application/pdf', hasty)).properties).toEqual({ hasPreview: false, previewFault: 'failed' });
    await eventually(() => {
      expect(running().filter((line) => line.includes('pdftoppm'))).toEqual([]);
    });
    expect((await made(pdf(), 'application/pdf', hasty)).properties.hasPreview).toBe(true);
    await hasty.stop();
  }, 60_000);

  test('a server that is killed leaves no program behind', async () => {
    const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
    const script = `
      import { ChildPreviewMaker } from ${here('./child-maker.ts')};
      import { poisonPdf } from ${here('./moving.fixture.ts')};
      const maker = new ChildPreviewMaker(${JSON.stringify(folder)});
      await maker.prepare();
      async function* parts() { yield poisonPdf(); }
      void maker.make({ mimeType: 'application/pdf', open: async () => parts() }, () => undefined);`;
    const tsx = createRequire(import.meta.url).resolve('tsx');
    const killed = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', script], { stdio: 'ignore' });
    const programs = () => running().filter((line) => line.includes('pdftoppm\0'));
    await eventually(() => {
      expect(programs()).toHaveLength(1);
    }, 20_000);
    killed.kill('SIGKILL');
    await eventually(() => {
      expect(programs()).toEqual([]);
    });
    for (const name of await readdir(folder)) if (name.startsWith('file-')) await rm(join(folder, name), { recursive: true });
  }, 60_000);
});

test('without the programs of the system this machine makes previews of pictures alone', async () => {
  const bare = new ChildPreviewMaker(folder, { path: '/nowhere' });
  await bare.prepare();
  expect([...bare.kinds]).toEqual(['picture']);
  await bare.stop();
});
