import type { LocalApp } from '../../app/app-context.tsx';
import { store, type Readable } from '../../shared/state/store.ts';

/** A voice that is being recorded. */
export interface Recording {
  /** Seconds so far. */
  readonly seconds: Readable<number>;
  /** Ends it and answers what was said. */
  finish(): Promise<File>;
  /** Ends it and forgets it. */
  cancel(): void;
}

/** The first that this browser records; Safari takes MP4 alone. */
const types = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const endings: Readonly<Record<string, string>> = { 'audio/webm': 'webm', 'audio/mp4': 'm4a', 'audio/ogg': 'ogg' };
/** So much is given out at once, ms: a longer recording takes no memory in one piece. */
const pieceMs = 1_000;

const typedAs = (): string | undefined => types.find((type) => MediaRecorder.isTypeSupported(type));

/** Asks for the microphone and begins; answers null where there is none, and says so. */
export async function beginRecording({ t, times, ui }: Pick<LocalApp, 't' | 'times' | 'ui'>): Promise<Recording | null> {
  try {
    // A colon is part of no name of a file on Windows.
    return await record(t('voice.name', { time: times.full(new Date()) }).replaceAll(':', '.'));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    ui.showToast(t(error.name === 'NotFoundError' ? 'voice.noMicrophone' : 'voice.refused'), 'error');
    return null;
  }
}

/** Rejects with a `DOMException`: `NotAllowedError` where it is refused, `NotFoundError` where there is none. */
async function record(name: string): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = typedAs();
  const recorder = new MediaRecorder(stream, { ...(type === undefined ? {} : { mimeType: type }), audioBitsPerSecond: 32_000 });
  const pieces: Blob[] = [];
  const seconds = store(0);
  const begun = performance.now();
  const timer = setInterval(() => seconds.set(Math.floor((performance.now() - begun) / 1000)), 250);
  const ended = new Promise<void>((resolve) => {
    recorder.addEventListener('stop', () => resolve(), { once: true });
  });
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  recorder.start(pieceMs);
  const end = () => {
    clearInterval(timer);
    if (recorder.state !== 'inactive') recorder.stop();
    // The light of the microphone goes out.
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    seconds,
    async finish() {
      end();
      await ended;
      const mimeType = recorder.mimeType.split(';')[0] ?? '';
      return new File(pieces, `${name}.${endings[mimeType] ?? 'bin'}`, { type: mimeType });
    },
    cancel: end,
  };
}
