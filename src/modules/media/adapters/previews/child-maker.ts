import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hours, seconds, systemClock } from '../../../../kernel/clock.ts';
import type { Cut, FileProperties, PreviewMaker, PreviewSource, Square } from '../../ports.ts';
import { PreviewsUnavailable } from '../../ports.ts';
import type { PreviewKind } from '../../domain/previews.ts';
import { PreviewChild, type Made } from './child.ts';
import { foundTools, kindsWith, programPath, type Tools } from './tools.ts';

/** The child ends when it had nothing to do for so long: it holds memory. */
const idleMs = seconds(60);
/** What lies in its folder for so long is of a process that died. */
const leftMs = hours(1);

interface Look {
  readonly source: PreviewSource;
  readonly cut?: Cut;
  readonly onSized: (properties: FileProperties) => void;
}

/** A child process that is started when it is needed. One that a file has ended is started anew for the next one. */
export class ChildPreviewMaker implements PreviewMaker {
  readonly #folder: string;
  readonly #deadlineMs: number;
  /** Where the programs of the system are looked for. */
  readonly #path: string;
  #tools: Tools = { ffmpeg: null, ffprobe: null, pdftoppm: null };
  #child: PreviewChild | null = null;
  #unavailable: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** `folder`: where a file lies while it is looked into. */
  constructor(folder: string, { deadlineMs = seconds(20), path = programPath }: { deadlineMs?: number; path?: string } = {}) {
    this.#folder = folder;
    this.#path = path;
    this.#deadlineMs = deadlineMs;
  }

  async prepare(): Promise<void> {
    this.#tools = await foundTools(this.#path);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null);
      if (found && found.mtimeMs < systemClock.now() - leftMs) await rm(path, { recursive: true, force: true });
    }
  }

  make(source: PreviewSource, onSized: (properties: FileProperties) => void): Promise<Made> {
    return this.#inTurn({ source, onSized });
  }

  async squares(source: PreviewSource, cut: Cut): Promise<readonly Square[] | NonNullable<FileProperties['previewFault']>> {
    const { squares, properties } = await this.#inTurn({ source, cut, onSized: () => undefined });
    return squares ?? properties.previewFault ?? 'failed';
  }

  #inTurn(look: Look): Promise<Made> {
    const made = this.#turn.then(() => this.#make(look));
    this.#turn = made.then(
      () => undefined,
      () => undefined,
    );
    return made;
  }

  get kinds(): ReadonlySet<PreviewKind> {
    return kindsWith(this.#tools);
  }

  async probe(): Promise<void> {
    await this.#start();
    this.#endWhenIdle();
  }

  get unavailable(): string | null {
    return this.#unavailable;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#idle);
    this.#child?.end();
    await this.#turn;
  }

  async #make({ source: { mimeType, open }, cut, onSized }: Look): Promise<Made> {
    const child = await this.#start();
    const place = await mkdtemp(join(this.#folder, 'file-'));
    try {
      const path = join(place, 'file');
      await pipeline(await open(), createWriteStream(path, { mode: 0o600 }));
      const ask = { path, mimeType, tools: this.#tools, ...(cut ? { cut } : {}) };
      const made = await child.ask(ask, { onSized, deadlineMs: this.#deadlineMs });
      this.#requireRunning();
      return made;
    } finally {
      this.#endWhenIdle();
      await rm(place, { recursive: true, force: true });
    }
  }

  async #start(): Promise<PreviewChild> {
    this.#requireRunning();
    if (this.#unavailable !== null) throw new PreviewsUnavailable(this.#unavailable);
    clearTimeout(this.#idle);
    if (this.#child === null || this.#child.isOver) this.#child = new PreviewChild();
    this.#unavailable = await this.#child.unavailable;
    if (this.#unavailable !== null) throw new PreviewsUnavailable(this.#unavailable);
    return this.#child;
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#child?.end(), idleMs).unref();
  }

  /** What ends with the server is no fault of a file. */
  #requireRunning(): void {
    if (this.#isStopped) throw new PreviewsUnavailable('the server stops');
  }
}
