import type { Client } from '../../../../client/index.ts';

type PictureSize = 'small' | 'large';

/** Pictures that were seen last stay in memory. */
const most = 120;

/**
 * Pictures as URLs of this page. An `<img>` sends no token, so that the client library loads the bytes; the browser’s cache answers what it has after
 * the server has said that it may. The oldest is let go: what is shown already stays shown.
 */
export class PictureUrls {
  readonly #client: Pick<Client, 'picture'>;
  readonly #urls = new Map<string, Promise<string>>();

  constructor(client: Pick<Client, 'picture'>) {
    this.#client = client;
  }

  /** Rejects as the download does; the next one asks again. */
  get(fileId: string, size: PictureSize): Promise<string> {
    const key = `${fileId} ${size}`;
    const known = this.#urls.get(key);
    this.#urls.delete(key);
    const url = known ?? this.#client.picture(fileId, size).then((bytes) => URL.createObjectURL(bytes));
    this.#urls.set(key, url);
    url.catch(() => this.#urls.delete(key));
    this.#letGo();
    return url;
  }

  /** Of somebody who signed out nothing stays. */
  clear(): void {
    for (const key of this.#urls.keys()) this.#revoke(key);
  }

  #letGo(): void {
    for (const key of this.#urls.keys()) {
      if (this.#urls.size <= most) return;
      this.#revoke(key);
    }
  }

  #revoke(key: string): void {
    const url = this.#urls.get(key);
    this.#urls.delete(key);
    url?.then(
      (text) => {
        URL.revokeObjectURL(text);
      },
      () => undefined,
    );
  }
}
